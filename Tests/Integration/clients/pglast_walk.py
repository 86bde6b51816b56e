"""What the statements of PostgreSQL's regression suite do, told by an independent walk of the parser's tree.

usage: pglast_walk.py OUTPUT

The corpus is in the source archive of pglast (the tests of libpg_query carry PostgreSQL's suite, under the PostgreSQL
licence, and pglast its own, GPL): it is fetched by pip and never kept here. OUTPUT is JSON lines:
{"file": ..., "sql": ..., "effects": [[action, schema or null, name], ...], "changes": bool}
"""

import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import pglast
from pglast import ast, enums, parser

RELATIONS = {"OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_SEQUENCE", "OBJECT_INDEX", "OBJECT_FOREIGN_TABLE"}
# What changes nothing by itself: what is inside counts by its own.
HARMLESS = {
    "SelectStmt", "ExplainStmt", "PrepareStmt", "ExecuteStmt", "DeallocateStmt", "DeclareCursorStmt", "FetchStmt",
    "ClosePortalStmt", "TransactionStmt", "VariableSetStmt", "VariableShowStmt", "DiscardStmt", "ConstraintsSetStmt",
    "ListenStmt", "UnlistenStmt", "LockStmt", "CopyStmt", "CallStmt", "MergeStmt",
}
TOKEN = re.compile(
    r"""(?P<comment>--[^\n]*)|(?P<open>/\*)|(?P<escape>[eE]'(?:[^'\\]|\\.|'')*')|(?P<string>'(?:[^']|'')*')"""
    r"""|(?P<name>"(?:[^"]|"")*")|(?P<dollar>\$(?:[A-Za-z_\x80-\uffff][\w]*)?\$)|(?P<word>[A-Za-z_\x80-\uffff][\w$]*)"""
    r"""|(?P<slash>\\[^\n]*)|(?P<end>;)|(?P<other>.)""",
    re.S | re.X,
)


def comment_end(text, at):
    depth = 0
    for found in re.compile(r"/\*|\*/").finditer(text, at):
        depth += 1 if found.group() == "/*" else -1
        if depth == 0:
            return found.end()
    return len(text)


def pieces(text):
    """The text between semicolons, as psql cuts it; its own commands are taken out, and the data of COPY."""
    at, start = 0, 0
    while found := TOKEN.match(text, at):
        at = found.end()
        kind = found.lastgroup
        if kind == "open":
            at = comment_end(text, found.start())
        elif kind == "dollar":
            close = text.find(found.group(), at)
            at = len(text) if close < 0 else close + len(found.group())
        elif kind == "slash":
            yield text[start:found.start()]
            start = at
        elif kind == "end":
            piece = text[start:found.start()]
            yield piece
            if re.match(r"\s*copy\b.*\bfrom\s+stdin\b", re.sub(r"--[^\n]*", "", piece), re.I | re.S):
                data = text.find("\n\\.", at - 1)
                at = at if data < 0 else data + 3
            start = at
    yield text[start:]


def statements(text):
    """The pieces that parse, each one statement; the body of BEGIN ATOMIC holds semicolons."""
    held = ""
    for piece in pieces(text):
        candidate = held + piece
        try:
            tree = parser.parse_sql(candidate)
        except parser.ParseError:
            held = candidate + ";" if re.search(r"\bbegin\s+atomic\b", candidate, re.I) else ""
            continue
        held = ""
        if len(tree) == 1:
            yield candidate.strip(), tree[0].stmt


class Walk:
    """Gathers (action, schema, name) of the relations that a statement names; names of WITH queries are none."""

    def __init__(self):
        self.effects = set()

    def add(self, action, relation):
        if relation is not None:
            self.effects.add((action, relation.schemaname, relation.relname))

    def add_name(self, action, names):
        parts = [part.sval for part in names]
        self.effects.add((action, parts[-2] if len(parts) > 1 else None, parts[-1]))

    def visit(self, node, ctes=frozenset()):
        if isinstance(node, (tuple, list)):
            for element in node:
                self.visit(element, ctes)
        elif isinstance(node, ast.Node):
            rule = getattr(self, "visit_" + type(node).__name__, None)
            if rule:
                rule(node, ctes)
            else:
                self.members(node, ctes)

    def members(self, node, ctes, skip=()):
        for name in node:
            if name not in skip:
                self.visit(getattr(node, name), ctes)

    def with_clause(self, node, ctes):
        clause = node.withClause
        if clause is None:
            return ctes
        if clause.recursive:
            ctes = ctes | {query.ctename for query in clause.ctes}
        for query in clause.ctes:
            self.visit(query.ctequery, ctes)
            ctes = ctes | {query.ctename}
        return ctes

    def visit_RangeVar(self, node, ctes):
        if node.schemaname is not None or node.relname not in ctes:
            self.add("select", node)

    def visit_SelectStmt(self, node, ctes):
        ctes = self.with_clause(node, ctes)
        if node.intoClause:
            self.add("create", node.intoClause.rel)
        for clause in node.lockingClause or ():
            self.locks(node, clause, ctes)
        self.members(node, ctes, {"withClause", "intoClause", "lockingClause"})

    def locks(self, node, clause, ctes):
        wanted = {relation.relname for relation in clause.lockedRels or ()}
        pending = list(node.fromClause or ())
        while pending:
            item = pending.pop()
            if isinstance(item, ast.JoinExpr):
                pending += [item.larg, item.rarg]
            elif isinstance(item, ast.RangeVar):
                name = item.alias.aliasname if item.alias else item.relname
                is_query = item.schemaname is None and item.relname in ctes
                if not is_query and (not wanted or name in wanted):
                    self.add("lock", item)

    def change(self, node, ctes, action):
        ctes = self.with_clause(node, ctes)
        self.add(action, node.relation)
        self.members(node, ctes, {"withClause", "relation"})

    def visit_InsertStmt(self, node, ctes):
        self.change(node, ctes, "insert")
        conflict = node.onConflictClause
        if conflict and conflict.action == enums.OnConflictAction.ONCONFLICT_UPDATE:
            self.add("update", node.relation)
        if node.returningList:
            self.add("select", node.relation)

    def visit_UpdateStmt(self, node, ctes):
        self.change(node, ctes, "update")

    def visit_DeleteStmt(self, node, ctes):
        self.change(node, ctes, "delete")

    def visit_MergeStmt(self, node, ctes):
        ctes = self.with_clause(node, ctes)
        for clause in node.mergeWhenClauses:
            action = {"CMD_UPDATE": "update", "CMD_INSERT": "insert", "CMD_DELETE": "delete"}.get(clause.commandType.name)
            if action:
                self.add(action, node.relation)
        self.members(node, ctes, {"withClause", "relation"})

    def visit_CopyStmt(self, node, ctes):
        self.add("insert" if node.is_from else "select", node.relation)
        self.visit(node.query, ctes)
        if node.filename:
            self.effects.add(("server_program" if node.is_program else "server_file", None, node.filename))

    def created(self, node, ctes, member, *skip):
        self.add("create", getattr(node, member))
        self.members(node, ctes, {member, *skip})

    def altered(self, node, ctes, member):
        self.add("alter", getattr(node, member))
        self.members(node, ctes, {member})

    def visit_CreateStmt(self, node, ctes):
        for parent in node.inhRelations or ():
            self.add("alter", parent)
        self.created(node, ctes, "relation", "inhRelations")

    def visit_Constraint(self, node, ctes):
        self.altered(node, ctes, "pktable")

    def visit_IntoClause(self, node, ctes):
        self.created(node, ctes, "rel")

    def visit_ViewStmt(self, node, ctes):
        self.created(node, ctes, "view")

    def visit_CreateSeqStmt(self, node, ctes):
        self.created(node, ctes, "sequence")

    def visit_CompositeTypeStmt(self, node, ctes):
        self.created(node, ctes, "typevar")

    def visit_AlterSeqStmt(self, node, ctes):
        self.altered(node, ctes, "sequence")

    def visit_AlterTableStmt(self, node, ctes):
        self.altered(node, ctes, "relation")

    def visit_AlterTableCmd(self, node, ctes):
        if isinstance(node.def_, ast.RangeVar):
            self.add("alter", node.def_)
        else:
            self.visit(node.def_, ctes)

    def visit_PartitionCmd(self, node, ctes):
        self.altered(node, ctes, "name")

    visit_IndexStmt = visit_RuleStmt = visit_AlterTableStmt

    def visit_CreateTrigStmt(self, node, ctes):
        self.add("alter", node.relation)
        self.add("alter", node.constrrel)
        self.members(node, ctes, {"relation", "constrrel"})

    def visit_CreatePolicyStmt(self, node, ctes):
        self.altered(node, ctes, "table")

    visit_AlterPolicyStmt = visit_CreatePolicyStmt

    def visit_RenameStmt(self, node, ctes):
        self.add("alter", node.relation)

    visit_AlterObjectSchemaStmt = visit_AlterObjectDependsStmt = visit_RenameStmt

    def visit_CreateStatsStmt(self, node, ctes):
        for relation in node.relations or ():
            if isinstance(relation, ast.RangeVar):
                self.add("alter", relation)

    def visit_TruncateStmt(self, node, ctes):
        for relation in node.relations:
            self.add("truncate", relation)

    def visit_LockStmt(self, node, ctes):
        for relation in node.relations:
            self.add("select" if node.mode == 1 else "lock", relation)

    def visit_VacuumRelation(self, node, ctes):
        self.add("maintain", node.relation)

    def visit_ClusterStmt(self, node, ctes):
        self.add("maintain", node.relation)

    visit_ReindexStmt = visit_RefreshMatViewStmt = visit_ClusterStmt

    def visit_GrantStmt(self, node, ctes):
        for element in node.objects or ():
            if isinstance(element, ast.RangeVar):
                self.add("grant", element)

    def visit_DropStmt(self, node, ctes):
        if node.removeType.name in RELATIONS:
            for names in node.objects:
                self.add_name("drop", names)

    def visit_CommentStmt(self, node, ctes):
        if node.objtype.name in RELATIONS:
            self.add_name("alter", node.object)

    def visit_PublicationTable(self, node, ctes):
        """A publication is the database's; its tables are no more than named."""

    def visit_ConstraintsSetStmt(self, node, ctes):
        """Constraints are named as if they were relations."""

    def visit_ImportForeignSchemaStmt(self, node, ctes):
        """Its tables are another server's."""


def corpus():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
             "--no-build-isolation", "--no-binary", "pglast", "--dest", folder, f"pglast=={version()}"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        with tarfile.open(next(Path(folder).glob("*.tar.gz"))) as archive:
            for member in archive:
                if member.isfile() and member.name.endswith(".sql"):
                    yield "/".join(member.name.split("/")[-2:]), archive.extractfile(member).read()


def version():
    return pglast.__version__.removeprefix("v")


def main():
    with open(sys.argv[1], "w", encoding="utf-8") as output:
        for file, content in corpus():
            for sql, node in statements(content.decode("utf-8", "replace")):
                walk = Walk()
                walk.visit(node)
                line = {
                    "file": file,
                    "sql": sql,
                    "effects": sorted(([*effect] for effect in walk.effects), key=str),
                    "changes": type(node).__name__ not in HARMLESS,
                }
                output.write(json.dumps(line) + "\n")


main()
