"""Asks a real server whether the effects of Vectors/statements/columns.txt are what it demands, column by column.

usage: column_grants.py VECTORS

Each statement is run by a role with exactly the privileges that its effects name, which must do, and then once without
each of them, which must not. Connects by libpq's own variables, as a superuser, and works in a database of its own.
Prints `ok` and how much was asked, or what differs.
"""

import re
import sys

import psycopg

DATABASE = "column_grants"

# What the catalog at the top of the file leaves open.
DEFINITIONS = """
ALTER TABLE public.t ADD CONSTRAINT t_key UNIQUE (a, b, c, d);
CREATE UNIQUE INDEX ON public.t (a);
CREATE UNIQUE INDEX ON public.t (a) WHERE d = 'y';
CREATE UNIQUE INDEX ON public.t (pg_catalog.lower(c));
CREATE TYPE public.mood AS ENUM ('x', 'y');
CREATE FUNCTION public.purge() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.purge(public.t) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.twice(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION app.twice(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.lower(public.mood) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.mood_eq(int, int) RETURNS bool LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION public.to_mood(text) RETURNS public.mood LANGUAGE sql AS $$SELECT 'x'::public.mood$$;
CREATE OPERATOR public.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = public.mood_eq);
CREATE OPERATOR public.~= (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.texteq);
CREATE CAST (text AS public.mood) WITH FUNCTION public.to_mood(text);
"""

# What the analysis demands and the server does not, and why.
STRICTER = {
    "WITH t AS (SELECT id FROM u) SELECT a FROM public.t": "a query of WITH that is not used",
    "INSERT INTO t SELECT * FROM purge() AS p": "how many columns a function gives is not known",
    "MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE": "which rows match is read",
    "MERGE INTO t USING u ON false WHEN NOT MATCHED THEN INSERT VALUES (id, e)": "which rows match is read",
}
# Not asked: the server checks other things, at another time, or what needs more than a privilege.
SKIPPED = re.compile(
    r"CREATE (VIEW|MATERIALIZED|RULE|POLICY|FUNCTION|INDEX|TABLE n \()|ALTER|DROP|LOCK|NOTIFY|SET|BEGIN|DO|EXECUTE|FETCH"
    r"|TRUNCATE|CALL|PREPARE|COPY .*('|STDIN\b(?! WHERE))"
)
PRIVILEGES = {"select", "insert", "update"}


def blocks(path):
    with open(path, encoding="utf-8") as file:
        for block in file.read().split("\n\n"):
            lines = [line for line in block.splitlines() if line and not line.startswith("# ")]
            if lines:
                yield lines


def tables(lines):
    """Makes the relations of the catalog; answers the columns of each."""
    statements, columns = ["CREATE SCHEMA app"], {}
    for line in lines:
        found = re.fullmatch(r"= (table|view|sequence) ((?:public|app)\.\w+)\(([^)]*)\)(?: reads (\S+))?", line)
        if not found:
            continue
        kind, name, inside, base = found.groups()
        parts = [part.split() for part in inside.split(", ") if part]
        columns[name] = [part[0] for part in parts]
        if kind == "view":
            statements.append(f"CREATE VIEW {name} AS SELECT {', '.join(columns[name])} FROM {base}")
        elif kind == "sequence":
            statements.append(f"CREATE SEQUENCE {name}")
        else:
            listed = [
                f"{part[0]} {part[1]}" + (f" GENERATED ALWAYS AS ({part[3]} * 2) STORED" if len(part) > 3 else "")
                for part in parts
            ]
            statements.append(f"CREATE TABLE {name} ({', '.join(listed)})")
    return statements, columns


def parsed(line):
    action, name, listed = re.fullmatch(r"(\w+) ([^\s(]+)(?:\((.*)\))?", line).groups()
    return action, name, None if listed is None else [column for column in listed.split(", ") if column]


def grants(effects, columns):
    for action, name, listed in effects:
        if name not in columns:
            continue
        some = columns[name][:1]
        if name == "public.seq":
            yield f"GRANT {action} ON {name} TO asked"
        elif action in PRIVILEGES and (listed or (listed == [] and some)):
            yield f"GRANT {action} ({', '.join(listed or some)}) ON {name} TO asked"
        elif action in PRIVILEGES | {"delete", "truncate"}:
            yield f"GRANT {action} ON {name} TO asked"
        elif action == "lock":
            yield f"GRANT UPDATE ON {name} TO asked"


def error(connection, sql, privileges):
    """What the server says to the statement, run with these privileges and undone; None where it runs."""
    try:
        connection.execute("BEGIN")
        for privilege in privileges:
            connection.execute(privilege)
        connection.execute("SET LOCAL ROLE asked")
        if sql.startswith("COPY"):
            with connection.cursor().copy(sql) as copy:
                for _ in () if "STDIN" in sql else copy:
                    pass
        else:
            connection.execute(sql.encode())
    except psycopg.Error as problem:
        return problem
    finally:
        connection.execute("ROLLBACK")
    return None


def without_one(effects, columns):
    """The effects without one column, or without one effect, in turn."""
    for index, (action, name, listed) in enumerate(effects):
        if name not in columns:
            continue
        rest = effects[:index] + effects[index + 1:]
        for column in listed or [None]:
            kept = [other for other in listed or [] if other != column]
            yield f"{action} {name}({column})", rest + ([(action, name, kept)] if kept else [])


def ask(connection, sql, lines, columns, differences):
    """How often the server was asked."""
    if lines[0].startswith("unknown: "):
        problem = error(connection, sql, [])
        if problem is None or isinstance(problem, psycopg.errors.InsufficientPrivilege):
            differences.append(f"known to the server: {sql}")
        return 1
    effects = [parsed(line) for line in lines if line != "nothing"]
    problem = error(connection, sql, grants(effects, columns))
    if isinstance(problem, psycopg.errors.InsufficientPrivilege) and "for function" not in str(problem):
        differences.append(f"weaker: {sql}: {problem}")
    if problem is not None:
        return 0
    asked = 1
    for what, fewer in without_one(effects, columns):
        asked += 1
        if sql not in STRICTER and error(connection, sql, grants(fewer, columns)) is None:
            differences.append(f"not demanded: {what}: {sql}")
    return asked


def prepared(lines):
    statements, columns = tables(lines)
    with psycopg.connect(autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        connection.execute("DROP ROLE IF EXISTS asked")
        connection.execute(f"CREATE DATABASE {DATABASE}")
    connection = psycopg.connect(dbname=DATABASE, autocommit=True)
    connection.prepare_threshold = None
    for statement in statements:
        connection.execute(statement)
    connection.execute(DEFINITIONS)
    connection.execute("CREATE ROLE asked; GRANT USAGE, CREATE ON SCHEMA public, app TO asked")
    connection.execute("SET search_path = app, public")
    connection.execute("CREATE TEMP TABLE scratch (a text, c int, z int, anything int); GRANT ALL ON scratch TO asked")
    return connection, columns


def main():
    first, *cases = blocks(sys.argv[1])
    connection, columns = prepared(first)
    differences, asked, unasked = [], 0, 0
    try:
        for lines in cases:
            sql = "\n".join(line for line in lines if not line.startswith("-> "))
            if SKIPPED.match(sql) or any(line.startswith("-> refused") for line in lines):
                continue
            times = ask(connection, sql, [line[3:] for line in lines if line.startswith("-> ")], columns, differences)
            asked += times
            unasked += times == 0
    finally:
        connection.close()
        with psycopg.connect(autocommit=True) as outer:
            outer.execute(f"DROP DATABASE {DATABASE}")
            outer.execute("DROP ROLE asked")
    if differences or asked < 900 or unasked > 20:
        sys.exit("\n".join([*differences, f"asked {asked} times, could not ask of {unasked} statements"]))
    print(f"ok: asked {asked} times, could not ask of {unasked} statements")


main()
