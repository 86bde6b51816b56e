"""Random SELECTs over masked_schema.py: every place of a query in which a column can stand.

A statement's result is one that SQL defines: LIMIT and DISTINCT ON stand behind an order of all that is shown, aggregates
that depend on the order have one, and nothing is floating point.
"""

import re

from masked_schema import ALSO, KEYS, TABLES

RELATIONS = TABLES | ALSO
CASTS = {"t": "text", "i": "int", "n": "numeric", "d": "date", "z": "timestamp", "o": "text"}


class Source:
    """A name in FROM with its columns as (name, kind)."""

    def __init__(self, alias, columns, table=None):
        self.alias, self.columns, self.table = alias, columns, table


class Generator:
    def __init__(self, chance):
        self.chance = chance
        self.number = 0
        self.ctes = []
        self.parameters = None
        self.may_fail = False

    def name(self, stem="q"):
        self.number += 1
        return f"{stem}{self.number}"

    def maybe(self, share):
        return self.chance.random() < share

    def pick(self, *choices):
        return self.chance.choice(choices)

    # Expressions -------------------------------------------------------------------------------------------------

    def column(self, kind, scope):
        found = [f"{s.alias}.{c}" for s in scope for c, k in s.columns if k == kind]
        return self.chance.choice(found) if found else self.constant(kind)

    def any_column(self, scope):
        source = self.chance.choice(scope)
        name, kind = self.chance.choice(source.columns)
        return f"{source.alias}.{name}", kind

    def constant(self, kind):
        if kind in ("t", "i") and self.parameters is not None and self.maybe(0.5):
            self.parameters.append(self.pick("a", "b***@x.org", "***") if kind == "t" else self.pick("1", "10", "2000"))
            return f"${len(self.parameters)}::{CASTS[kind]}"
        return {
            "t": self.pick("'a***@example.com'", "'***'", "''", "'x'", "E'a\\'b'", "$q$it's$q$", "NULL::text"),
            "i": self.pick("0", "1", "10", "30", "-20", "NULL::int"),
            "n": self.pick("0.5", "1000", "2000.00", "NULL::numeric"),
            "d": self.pick("date '2000-01-01'", "'1999-01-01'::date"),
            "z": "timestamp '2000-01-01'",
            "o": "NULL::text",
        }[kind]

    def whole(self, scope):
        """A text that is made of a whole row."""
        source = self.chance.choice(scope)
        name = self.chance.choice(source.columns)[0]
        row = source.alias
        return self.pick(
            f"{row}::text", f"({row}.*)::text", f"to_jsonb({row})->>'{name}'", f"row_to_json({row})::text",
            f"({row}).{name}::text", f"concat({row})", f"to_jsonb({row}.*)::text", f"format('%s', {row})",
            f"(SELECT r.{name}::text FROM (SELECT {row}.*) r)", f"md5({row}::text)",
            f"(SELECT string_agg(k || v, '|' ORDER BY k) FROM jsonb_each_text(to_jsonb({row})) AS e(k, v))",
            f"ROW({row}.*)::text", f"jsonb_build_object('r', {row}) #>> '{{r,{name}}}'", f"pg_typeof({row}.{name})::text",
            f"jsonb_path_query_first(to_jsonb({row}), '$.{name}')::text", f"num_nulls({row}.{name})::text",
        )

    def expression(self, kind, scope, depth):
        if not scope:
            return self.constant(kind)
        if depth <= 0 or self.maybe(0.4):
            return self.column(kind, scope) if self.maybe(0.85) else self.constant(kind)
        sub = lambda k: self.expression(k, scope, depth - 1)
        if self.maybe(0.12):
            return f"CASE WHEN {self.condition(scope, depth - 1)} THEN {sub(kind)} ELSE {sub(kind)} END"
        if self.maybe(0.08):
            return self.scalar(kind, scope, depth - 1)
        if self.maybe(0.08):
            return f"{self.pick('coalesce', 'nullif', 'greatest', 'least')}({sub(kind)}, {sub(kind)})"
        if kind == "t":
            text, other = sub("t"), self.any_column(scope)[0]
            return self.pick(
                f"upper({text})", f"left({text}, 3)", f"substr({text}, 2)", f"({text} || {sub('t')})", f"reverse({text})",
                f"replace({text}, '*', '-')", f"split_part({text}, '@', 2)", f"{other}::text", f"concat_ws('-', {other}, {text})",
                f"to_json({other})::text", f"jsonb_build_array({other})::text", f"ARRAY[{text}, {sub('t')}]::text",
                f"array_to_string(ARRAY[{text}], ',')", f"(ARRAY[{text}])[1]", f"quote_nullable({text})", f"({text}) COLLATE \"C\"",
                f"overlay({text} PLACING 'x' FROM 1)", f"trim({text})", f"substring({text} FROM '^.')", f"{text}::varchar(3)",
                f"{text}::char(5)", f"encode(sha256(convert_to({text}, 'UTF8')), 'hex')", f"CAST({other} AS text)",
                f"regexp_replace({text}, '[a-z]', 'x')", f"extract(year FROM {sub('d')})::text", self.whole(scope), self.whole(scope),
                f"cast({text} AS name)::text", f"position('*' IN {text})::text", f"lpad({text}, 5, '.')",
            )
        if kind == "i":
            return self.pick(
                f"length({sub('t')})", f"({sub('i')} % 7)", f"abs({sub('i')} / 3)", f"extract(year FROM {sub('d')})::int",
                f"ascii({sub('t')})", f"num_nonnulls({sub('t')}, {sub('n')})", f"(({sub('t')} LIKE 'a%')::int)",
                f"strpos({sub('t')}, '*')", f"sign({sub('n')})::int", f"octet_length({sub('t')})",
            )
        if kind == "n":
            return self.pick(f"round({sub('n')} / 3, 2)", f"({sub('n')} + {sub('i')})", f"trunc({sub('n')}, -2)", f"-({sub('n')})")
        if kind == "d":
            return self.pick(f"({sub('d')} + 1)", f"date_trunc('year', {sub('z')})::date", f"{sub('z')}::date")
        if kind == "z":
            return self.pick(f"({sub('z')} + interval '1 day')", f"{sub('d')}::timestamp", f"date_trunc('month', {sub('z')}::timestamp)")
        return f"{self.any_column(scope)[0]}::text"

    def condition(self, scope, depth):
        if not scope:
            return "true"
        kind = self.pick("t", "t", "i", "n", "d")
        sub = lambda k: self.expression(k, scope, depth - 1)
        if depth > 0 and self.maybe(0.2):
            return self.pick(
                f"({self.condition(scope, depth - 1)} AND {self.condition(scope, depth - 1)})",
                f"({self.condition(scope, depth - 1)} OR {self.condition(scope, depth - 1)})",
                f"NOT ({self.condition(scope, depth - 1)})",
            )
        if depth > 0 and self.maybe(0.2):
            query, outer = self.select([kind], scope, depth - 1), sub(kind)
            return self.pick(
                f"EXISTS ({query})", f"{outer} IN ({query})", f"{outer} NOT IN ({query})", f"{outer} = ANY ({query})",
                f"{outer} >= ALL ({query})", f"({outer}, 1) IN (SELECT s.*, 1 FROM ({query}) s)",
            )
        column = self.any_column(scope)[0]
        row = self.chance.choice(scope).alias
        return self.pick(
            f"{sub(kind)} {self.pick('=', '<', '>=', '<>')} {sub(kind)}", f"{sub(kind)} IS NOT DISTINCT FROM {sub(kind)}",
            f"{sub('t')} LIKE '{self.pick('a%', '%@%', '%*%', '_')}'", f"{sub('t')} ~ '^[a-f0-9*]'", f"{column} IS NULL",
            f"{column} IS NOT NULL", f"{sub('i')} BETWEEN -5 AND {sub('i')}", f"{row} IS NOT NULL", f"{sub('t')} ILIKE 'A%'",
            f"{sub(kind)} IN ({sub(kind)}, {sub(kind)})", f"({sub('t')}, {sub('i')}) >= ({sub('t')}, {sub('i')})",
            f"{sub(kind)} = ANY (ARRAY[{sub(kind)}, {sub(kind)}])", f"to_jsonb({row}) @> '{{\"id\": 3}}'", f"{row} = {row}",
            f"{sub('t')} SIMILAR TO '%[*]%'", f"starts_with({sub('t')}, 'a')", f"{row}::text > 'k'",
        )

    def scalar(self, kind, scope, depth):
        source, text = self.item([], depth - 1)
        inner = self.expression(kind, [source] + scope, depth - 1)
        where = self.condition([source] + scope, depth - 1)
        if kind == "o":
            inner = f"{inner}::text"
        return f"(SELECT max({inner}) FROM {text} WHERE {where})"

    def aggregate(self, kind, scope, depth):
        """An aggregate of a kind over expressions of the scope."""
        value = lambda k: self.expression(k, scope, depth - 1)
        row = self.chance.choice(scope).alias
        filtered = f" FILTER (WHERE {self.condition(scope, 0)})" if self.maybe(0.25) else ""
        if kind == "i":
            column = self.any_column(scope)[0]
            return self.pick(f"count(*){filtered}", f"count({column}){filtered}", f"count(DISTINCT {value('t')})", f"count({row})",
                             f"max({value('i')})", f"sum({value('i')})::int", f"count(DISTINCT {row})")
        if kind == "t":
            text = value("t")
            return self.pick(
                f"max({text}){filtered}", f"min({text}){filtered}", f"string_agg({text}, ',' ORDER BY {text}){filtered}",
                f"array_agg({text} ORDER BY {text})::text", f"jsonb_agg({text} ORDER BY {text})::text",
                f"string_agg(DISTINCT {text}, '')", f"(percentile_disc(0.5) WITHIN GROUP (ORDER BY {text}))",
                f"string_agg({row}::text, ';' ORDER BY {row}::text)", f"json_agg({row} ORDER BY {row}::text)::text",
                f"array_agg({row} ORDER BY {row}::text)::text", f"bool_or({self.condition(scope, 0)})::text",
            )
        if kind == "n":
            return f"{self.pick('sum', 'avg', 'min', 'max')}({value('n')}){filtered}"
        return f"{self.pick('min', 'max')}({value(kind)}{'::text' if kind == 'o' else ''}){filtered}"

    def window(self, kind, scope, depth):
        value = lambda k: self.expression(k, scope, depth - 1)
        order = value(self.pick("t", "i", "n", "d"))
        over = f"(PARTITION BY {value('t')} ORDER BY {order})" if self.maybe(0.5) else f"(ORDER BY {order} DESC NULLS LAST)"
        if kind == "i":
            return self.pick(f"rank() OVER {over}::int", f"dense_rank() OVER {over}::int", f"count(*) OVER {over}::int",
                             f"sum({value('i')}) OVER {over}::int")
        if kind == "t":
            text = value("t")
            return self.pick(f"max({text}) OVER {over}", f"lag({text}) OVER (ORDER BY {text})", f"first_value({text}) OVER (ORDER BY {text})",
                             f"min({text}) OVER (PARTITION BY {value('i')})")
        if kind == "n":
            return f"{self.pick('sum', 'max')}({value('n')}) OVER {over}"
        return f"max({value(kind)}{'::text' if kind == 'o' else ''}) OVER {over}"

    # FROM --------------------------------------------------------------------------------------------------------

    def item(self, scope, depth):
        """A source, and its text in FROM. `scope` is what a lateral one may name."""
        alias = self.name("t")
        if depth > 0 and self.maybe(0.25):
            kinds = [self.pick("t", "i", "n", "d") for _ in range(self.pick(1, 2, 3))]
            lateral = bool(scope) and self.maybe(0.5)
            query = self.select(kinds, scope if lateral else [], depth - 1)
            names = [f"c{n}" for n in range(1, len(kinds) + 1)]
            text = f"{'LATERAL ' if lateral else ''}({query}) AS {alias}({', '.join(names)})"
            return Source(alias, list(zip(names, kinds))), text
        if self.ctes and self.maybe(0.3):
            name, columns = self.chance.choice(self.ctes)
            return Source(alias, columns), f"{name} AS {alias}"
        if self.maybe(0.06):
            text = self.pick(
                f"(VALUES (1, 'a***@example.com'), (2, NULL), (10, '***')) AS {alias}(v1, v2)",
                f"unnest(ARRAY[1, 2, 10], ARRAY['a', '***']) AS {alias}(v1, v2)",
                f"jsonb_to_recordset('[{{\"v1\": 1, \"v2\": \"x\"}}]') AS {alias}(v1 int, v2 text)",
                f"ROWS FROM (generate_series(1, 3), unnest(ARRAY['***'])) AS {alias}(v1, v2)",
            )
            return Source(alias, [("v1", "i"), ("v2", "t")]), text
        table = self.chance.choice(sorted(RELATIONS))
        columns = [(c, k) for c, _, k, _ in RELATIONS[table]]
        written = self.pick(table, f"shadow.{table}", f'"shadow"."{table}"', f"shadow . {table}", f'"{table}"')
        only = "ONLY " if self.maybe(0.1) else ""
        if only and table == "events" and self.maybe(0.5):
            only = ""
        if self.maybe(0.06):
            renamed = [f"a{n}" for n in range(1, self.chance.randint(1, len(columns)) + 1)]
            columns = [(renamed[n] if n < len(renamed) else c, k) for n, (c, k) in enumerate(columns)]
            return Source(alias, columns, table), f"{only}{written} {self.pick('AS ', '')}{alias} ({', '.join(renamed)})"
        return Source(alias, columns, table), f"{only}{written}{self.pick(' ', ' AS ', ' /* x */ ')}{alias}"

    def sources(self, outer, depth):
        """FROM: the sources, and the text."""
        source, text = self.item([], depth)
        scope = [source]
        while len(scope) < 3 and self.maybe(0.35 if depth > 0 else 0.15):
            join = self.pick("", "LEFT ", "RIGHT ", "FULL ", "CROSS", "NATURAL", "USING", ",")
            lateral = scope + outer if join in ("", "LEFT ", "CROSS", ",") else []
            source, right = self.item(lateral, depth - 1)
            if join == "CROSS":
                text = f"{text} CROSS JOIN {right}"
            elif join == ",":
                text = f"{text}, {right}"
                # A join binds tighter than the comma, and would not see what stands before it.
                return scope + [source], text
            elif join == "NATURAL":
                text = f"{text} NATURAL {self.pick('', 'LEFT ', 'FULL ')}JOIN {right}"
            elif join == "USING":
                common = [c for c, k in source.columns if sum((c, k) in s.columns for s in scope) == 1]
                if not common:
                    text = f"{text} CROSS JOIN {right}"
                else:
                    using = ", ".join(self.chance.sample(common, min(len(common), self.pick(1, 2))))
                    text = f"{text} {self.pick('', 'LEFT ', 'FULL ')}JOIN {right} USING ({using})"
            else:
                kind = self.pick("i", "t", "i")
                on = f"{self.column(kind, scope)} = {self.column(kind, [source])}"
                text = f"{text} {join}JOIN {right} ON {on}"
            scope.append(source)
        return scope, text

    # Queries -----------------------------------------------------------------------------------------------------

    def select(self, kinds, outer, depth, cast=True):
        """A query that shows columns of these kinds."""
        if depth > 0 and self.maybe(0.15):
            word = self.pick("UNION", "UNION ALL", "INTERSECT", "EXCEPT", "EXCEPT ALL", "INTERSECT ALL")
            return f"({self.select(kinds, outer, depth - 1)}) {word} ({self.select(kinds, outer, depth - 1)})"
        scope, text = self.sources(outer, depth)
        inner = scope + outer
        where = f" WHERE {self.condition(inner, depth)}" if self.maybe(0.5) else ""
        shape = self.pick("plain", "plain", "plain", "group", "total", "window", "key")
        typed = lambda text, kind: f"({text})::{CASTS[kind]}" if cast else text
        if shape == "total":
            items = [typed(self.aggregate(k, scope, depth), k) for k in kinds]
            having = f" HAVING count(*) > {self.pick('0', '3')}" if self.maybe(0.2) else ""
            return f"SELECT {', '.join(items)} FROM {text}{where}{having}"
        if shape == "key" and len(scope) == 1 and scope[0].table in KEYS and scope[0].columns[0][0] == "id":
            items = [typed(self.expression(k, scope, depth if self.maybe(0.3) else 0), k) for k in kinds]
            return f"SELECT {', '.join(items)} FROM {text}{where} GROUP BY {scope[0].alias}.id"
        if shape == "group":
            return self.grouped(kinds, scope, text, where, depth, typed)
        if shape == "window":
            items = [typed(self.window(k, scope, depth), k) for k in kinds]
            return f"SELECT {', '.join(items)} FROM {text}{where}"
        items = [typed(self.expression(k, inner, depth), k) for k in kinds]
        distinct = self.pick("", "", "DISTINCT ")
        query = f"SELECT {distinct}{', '.join(items)} FROM {text}{where}"
        if self.maybe(0.2):
            numbers = ", ".join(str(n) for n in range(1, len(kinds) + 1))
            query += f" ORDER BY {numbers} {self.pick('', 'DESC')}"
            query += self.pick("", f" LIMIT {self.pick(1, 3, 7)}", " OFFSET 2", " FETCH FIRST 4 ROWS ONLY")
            if "DESC" in query.rsplit("ORDER BY", 1)[1] and len(kinds) > 1:
                query = query.rsplit(" ORDER BY", 1)[0]
        return query

    def grouped(self, kinds, scope, text, where, depth, typed):
        keys = [self.column(k, scope) for k in kinds]
        keys = [k for k in dict.fromkeys(keys) if "." in k and "'" not in k and "::" not in k] or [self.any_column(scope)[0]]
        keys = [k for k in keys if k[0] == "t" or k[0] == "q"] or [self.any_column(scope)[0]]
        listed = ", ".join(keys)
        by = self.pick(listed, listed, f"ROLLUP ({listed})", f"CUBE ({listed})", f"GROUPING SETS (({listed}), ())")
        kind_of = dict((f"{s.alias}.{c}", k) for s in scope for c, k in s.columns)
        items = []
        for kind in kinds:
            same = [k for k in keys if kind_of.get(k) == kind]
            items.append(typed(self.chance.choice(same) if same and self.maybe(0.6) else self.aggregate(kind, scope, depth), kind))
        having = f" HAVING max({self.column('t', scope)}) > '*'" if self.maybe(0.2) else ""
        return f"SELECT {', '.join(items)} FROM {text}{where} GROUP BY {by}{having}"

    def query(self, depth):
        """A whole query, and how many columns it shows."""
        kinds = [self.pick("t", "t", "i", "n", "d", "z") for _ in range(self.pick(1, 2, 3))]
        self.ctes, head = [], ""
        if self.maybe(0.25):
            head = self.common(depth)
        query = self.select(kinds, [], depth)
        if self.maybe(0.5):
            numbers = ", ".join(str(n) for n in range(1, len(kinds) + 1))
            limit = self.pick("", "", f" LIMIT {self.pick(0, 1, 5)}")
            query = f"SELECT * FROM ({query}) z ORDER BY {numbers}{limit}"
        return head + query

    def common(self, depth):
        parts, recursive = [], False
        for _ in range(self.pick(1, 2)):
            name = self.chance.choice(["people", "orders", self.name("w"), self.name("w")])
            if any(name == n for n, _ in self.ctes):
                continue
            if self.maybe(0.3):
                recursive = True
                source, text = self.item([], 0)
                first = f"SELECT {self.column('i', [source])}, {self.expression('t', [source], 1)}::text FROM {text}"
                body = f"{first} UNION ALL SELECT n + 50, left(x || '+', 9) FROM {name} WHERE n < 150"
                parts.append(f"{name}(n, x) AS ({body})")
                self.ctes.append((name, [("n", "i"), ("x", "t")]))
            else:
                kinds = [self.pick("t", "i", "n") for _ in range(2)]
                names = ["id" if self.maybe(0.3) else "k1", "email" if self.maybe(0.3) else "k2"]
                how = self.pick("", "MATERIALIZED ", "NOT MATERIALIZED ")
                parts.append(f"{name}({', '.join(names)}) AS {how}({self.select(kinds, [], depth - 1)})")
                self.ctes.append((name, list(zip(names, kinds))))
        return f"WITH {'RECURSIVE ' if recursive else ''}{', '.join(parts)} "

    def renumbered(self, query):
        """The query with its parameters numbered without gaps: not every piece that was made is in it."""
        used = list(dict.fromkeys(int(n) for n in re.findall(r"\$(\d+)::", query)))
        text = re.sub(r"\$(\d+)::", lambda found: f"${used.index(int(found[1])) + 1}::", query)
        return text, [self.parameters[number - 1] for number in used]

    def star(self):
        """Whole tables, as they are read most."""
        scope, text = self.sources([], 0)
        alias = scope[0].alias
        table = self.chance.choice(sorted(RELATIONS))
        source, item = self.item([], 0)
        order = ", ".join(f"{source.alias}.{c}::text" for c, _ in source.columns)
        return self.pick(
            f"SELECT * FROM {text}", f"SELECT {alias}.* FROM {text}", f"SELECT {alias} FROM {text}", f"TABLE shadow.{table}",
            f"SELECT count(*) FROM {text}", f"SELECT *, {alias}.id AS again FROM {text}",
            f"SELECT DISTINCT ON ({order}) * FROM {item} ORDER BY {order}", f"SELECT * FROM shadow.{table} FOR SHARE",
            f"SELECT {table} FROM shadow.{table}", f"SELECT shadow.{table}.* FROM shadow.{table}",
            f"SELECT {table}.id FROM shadow.{table} ORDER BY {table}.id", f"SELECT * FROM shadow.{table} x FOR UPDATE OF x",
            f"SELECT DISTINCT {alias} FROM {text}", f"SELECT {alias} FROM {text} ORDER BY {alias}::text",
            f"SELECT ({alias}).* FROM {text}", f"SELECT max({alias}::text) FROM {text}",
        )

    def failing(self):
        """What fails for values: by a cast, a division, a row too many; every row of one table is asked."""
        table = self.chance.choice(sorted(RELATIONS))
        columns = [(c, k) for c, _, k, _ in RELATIONS[table]]
        scope = [Source("f", columns)]
        text = self.expression("t", scope, 1)
        item = self.pick(
            f"({text})::int", f"({text})::numeric", f"1 / length({text})", f"({text})::date", f"({text})::uuid", f"({text})::jsonb",
            f"(SELECT {text} FROM shadow.plain)", f"ln({self.expression('n', scope, 1)})::text", f"repeat({text}, -1)",
            f"chr({self.expression('i', scope, 1)})", f"f.nothing", f"({text})::boolean", f"substr({text}, 1, -1)",
            f"decode({text}, 'hex')", f"({text})::shadow.word", f"{self.column('d', scope)} + 'x'", f"sum({text})",
        )
        return f"SELECT {item} FROM shadow.{table} f"

    def statement(self):
        """(how, text, parameters): how is simple, extended, copy or cursor."""
        self.number, self.parameters = 0, None
        if self.maybe(0.1):
            return "simple", self.star(), []
        if self.maybe(0.06):
            return "simple", self.failing(), []
        how = self.pick("simple", "simple", "extended", "copy", "cursor", "prepare")
        self.parameters = [] if how == "extended" else None
        query = self.query(self.pick(0, 1, 1, 2, 2, 3))
        if how == "extended":
            return how, *self.renumbered(query)
        # Which rows are the first two is defined by an order alone.
        two = "FETCH 2 FROM c; " if "ORDER BY" in query.rsplit(")", 1)[-1] else ""
        texts = {
            "simple": query,
            "copy": f"COPY ({query}) TO STDOUT{self.pick('', ' (FORMAT csv, HEADER)')}",
            "cursor": f"BEGIN; DECLARE c CURSOR FOR {query}; {two}FETCH ALL FROM c; COMMIT",
            "prepare": f"PREPARE p AS {query}; EXECUTE p; DEALLOCATE p",
        }
        return how, texts[how], []
