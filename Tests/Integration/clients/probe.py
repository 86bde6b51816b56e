"""A client that wants to know a masked value, and may run so many statements.

usage: probe.py COUNT CONFIG

It turns a guess of the value into something to be seen, in each way it knows: WHERE, LIKE, regular expressions, ORDER BY, CASE,
division by zero, casts, JSON, aggregates, windows, joins with values of its own, a broken unique constraint in a table of its own,
the number of rows, statistics, plans. Through the gateway it runs the same statements twice, over values that differ and whose
masks are equal, and every answer must be equal, too. Against a server whose results alone are masked it must find the value in
every one of those ways: else the ways are no good. The choice of statements is by a seed.
"""

import json
import random
import re
import sys

import psycopg

from wire import Closed, Wire

DIGITS = "0123456789"
VALUES = {
    "one": ("1968-02-29", 40113, "tuftwing@field.example", "31415926"),
    "two": ("1968-11-07", 38209, "thrasher@field.example", "27182818"),
}
# What is true of the value, as a condition. A position and a digit make it a guess.
CONDITIONS = [
    "substr({c}, {i}, 1) = '{d}'",
    "{c} LIKE '{u}{d}%'",
    "{c} ~ '^.{{{n}}}{d}'",
    "position('{d}' in substr({c}, {i}, 1)) > 0",
    "split_part({c}, '{d}', 1) = left({c}, {n})",
    "ascii(right(left({c}, {i}), 1)) = ascii('{d}')",
    "get_byte({c}::bytea, {n}) = {b}",
    "(to_jsonb(v)->>'pin') SIMILAR TO '_{{{n}}}{d}%'",
    "v::text ~ ',[0-9]{{{n}}}{d}[0-9]*\\)$'",
]
# What a condition on the row with id 1 becomes; each says yes or no.
WAYS = {
    "where": "SELECT count(*) FROM shop.vault v WHERE id = 1 AND {p}",
    "having": "SELECT 1 FROM shop.vault v WHERE id = 1 GROUP BY id, pin, v.* HAVING bool_or({p})",
    "case": "SELECT CASE WHEN {p} THEN 'yes' ELSE 'no' END FROM shop.vault v WHERE id = 1",
    "order": "SELECT id FROM shop.vault v ORDER BY (id = 1 AND {p}) DESC, id DESC LIMIT 1",
    "division": "SELECT 1 / (CASE WHEN {p} THEN 0 ELSE id END) FROM shop.vault v WHERE id = 1",
    "cast": "SELECT (CASE WHEN {p} THEN 'x' ELSE '1' END)::integer FROM shop.vault v WHERE id = 1",
    "json": "SELECT (CASE WHEN {p} THEN '{{' ELSE '{{}}' END)::json FROM shop.vault v WHERE id = 1",
    "aggregate": "SELECT sum(CASE WHEN {p} THEN 1000 ELSE 0 END), bool_or({p}) FROM shop.vault v WHERE id = 1",
    "window": "SELECT row_number() OVER (ORDER BY {p} DESC, id DESC) FROM shop.vault v WHERE id IN (1, 2) ORDER BY id LIMIT 1",
    "join": "SELECT w.x FROM shop.vault v JOIN (VALUES (true, 'yes')) w(b, x) ON w.b = ({p}) WHERE id = 1",
    "rows": "SELECT generate_series(1, CASE WHEN {p} THEN 3 ELSE 1 END) FROM shop.vault v WHERE id = 1",
    "unique": "INSERT INTO lab.own SELECT CASE WHEN {p} THEN 1 ELSE 1 / (id - 1) END FROM shop.vault v WHERE id = 1",
    "exists": "SELECT EXISTS (SELECT FROM shop.vault v WHERE id = 1 AND {p})",
    "union": "SELECT 1 UNION SELECT CASE WHEN {p} THEN 2 ELSE 1 END FROM shop.vault v WHERE id = 1 ORDER BY 1",
    "lateral": "SELECT g FROM shop.vault v, LATERAL generate_series(1, ({p})::int) g WHERE id = 1",
    "cursor": "BEGIN; DECLARE c CURSOR FOR SELECT 1 FROM shop.vault v WHERE id = 1 AND {p}; MOVE ALL c; COMMIT",
    "copy": "COPY (SELECT 1 FROM shop.vault v WHERE id = 1 AND {p}) TO STDOUT",
    "prepared": "PREPARE q AS SELECT 1 FROM shop.vault v WHERE id = 1 AND {p}; EXECUTE q; DEALLOCATE q",
}
# What is asked besides, with other columns; answers that a gateway may also refuse.
OTHERS = [
    "SELECT id FROM shop.vault WHERE born = '1968-{m}-{d2}'",
    "SELECT count(*) FROM shop.vault WHERE salary BETWEEN {n5} AND {n5} + 500",
    "SELECT id FROM shop.vault ORDER BY {col}, id",
    "SELECT {col}, count(*) FROM shop.vault GROUP BY 1 ORDER BY 1",
    "SELECT rank() OVER (ORDER BY {col}), ntile(2) OVER (ORDER BY {col}) FROM shop.vault ORDER BY id",
    "SELECT {col} FROM shop.vault",
    "SELECT v FROM shop.vault v ORDER BY v",
    "SELECT max({col}), min({col}) FROM shop.vault",
    "SELECT extract(doy from born) * {n}, to_char(born, 'MM-DD') FROM shop.vault ORDER BY id",
    "SELECT salary % {n5} FROM shop.vault ORDER BY id",
    "EXPLAIN SELECT * FROM shop.vault WHERE {col}::text > '{d}'",
    "EXPLAIN ANALYZE SELECT id FROM shop.vault WHERE salary = {n5}",
    "SELECT most_common_vals FROM pg_stats WHERE tablename = 'vault'",
    "SELECT sqrt(salary - {n5}) FROM shop.vault ORDER BY id",
    "SELECT born + {n} FROM shop.vault ORDER BY id",
    "SELECT {col}::integer FROM shop.vault ORDER BY id",
    "SELECT a.id, b.id FROM shop.vault a JOIN shop.vault b ON a.{col} > b.{col} ORDER BY 1, 2",
    "INSERT INTO lab.own SELECT 1, {col} FROM shop.vault WHERE id = 1",
    "SELECT pg_column_size({col}), md5({col}::text) FROM shop.vault ORDER BY id",
    "SELECT ctid FROM shop.vault WHERE email LIKE '{l}%'",
    "UPDATE shop.vault SET id = id WHERE pin LIKE '{d}%'",
    "SELECT percentile_disc(0.{d}) WITHIN GROUP (ORDER BY {col}) FROM shop.vault",
    "SELECT id FROM shop.vault WHERE {col} = (SELECT max({col}) FROM shop.vault)",
    "SELECT width_bucket(salary, 30000, 50000, {n}) FROM shop.vault ORDER BY id",
    "SELECT * FROM shop.vault WHERE ({col}, id) > ({col}, {n})",
    "SET enable_seqscan = {onoff}; SELECT {col} FROM shop.vault WHERE id > 0 ORDER BY id",
]


def condition(choice, column, position, digit, known):
    return CONDITIONS[choice % len(CONDITIONS)].format(
        c=column, i=position + 1, n=position, d=digit, b=ord(digit), u=known if known is not None else "_" * position
    )


def statements(count):
    """As many statements, the same each time."""
    dice = random.Random(20_211_203)
    for number in range(count):
        if number % 3 == 2:
            text = dice.choice(OTHERS)
            yield re.sub(
                r"\{(\w+)\}",
                lambda found: {
                    "m": f"{dice.randint(1, 12):02}", "d2": f"{dice.randint(1, 28):02}", "d": dice.choice(DIGITS),
                    "n": str(dice.randint(1, 9)), "n5": str(dice.randint(36_000, 44_000)), "l": dice.choice("aeiortuh"),
                    "col": dice.choice(["pin", "email", "born", "salary"]), "onoff": dice.choice(["on", "off"]),
                }[found[1]],
                text,
            )  # fmt: skip
        else:
            guess = condition(number // 3, "pin", dice.randrange(8), dice.choice(DIGITS), None)
            yield WAYS[dice.choice(sorted(WAYS))].format(p=guess)


def fill(direct, which):
    born, salary, email, pin = VALUES[which]
    direct.execute("TRUNCATE shop.vault")
    direct.execute("INSERT INTO shop.vault VALUES (1, %s, %s, %s, %s)", (born, salary, email, pin))
    direct.execute("INSERT INTO shop.vault VALUES (2, '1971-01-01', 41000, 'teal@field.example', 'x')")
    direct.execute("ANALYZE shop.vault")


def told(answer):
    """An answer without the number of its record."""
    return re.sub(r"\(record \w+\)", "", json.dumps(answer))


def through_gateway(config, count):
    """What the statements are answered, and the value as each way would have it."""
    gate = config["gateway"]
    wire = Wire(gate["host"], gate["port"], gate["ca"])
    wire.start([("user", "maker"), ("database", gate["database"])], gate["token"])

    def ask(text):
        answer = wire.query(text)
        if answer["status"] != "I":
            wire.query("ROLLBACK")
        return told(answer)

    answers = [ask(text) for text in statements(count)]
    found = {way: guess(ask, way) for way in WAYS} if count >= 2000 else {}
    seen = bytes(wire.seen)
    wire.close()
    return answers, found, seen


def guess(ask, way, length=3):
    """The first digits, one after the other: the answer that differs from the others' is the one for the digit."""
    known = ""
    for position in range(length):
        answers = {d: ask(WAYS[way].format(p=condition(position, "pin", position, d, known))) for d in DIGITS}
        seen = list(answers.values())
        single = [d for d in DIGITS if seen.count(answers[d]) == 1]
        if len(single) != 1:
            return known
        known += single[0]
    return known


def result_only(direct, text):
    """A stand-in: the server's answer, with the values of masked columns covered in the results alone."""
    secret = VALUES["one"]
    try:
        rows, tags = [], []
        cursor = direct.cursor()
        if text.startswith("COPY"):
            with cursor.copy(text) as copy:
                rows = [bytes(part).decode() for part in copy]
        else:
            cursor.execute(text.encode())
            while True:
                tags.append(cursor.statusmessage)
                rows += cursor.fetchall() if cursor.description else []
                if not cursor.nextset():
                    break
        answer = str((rows, tags))
    except psycopg.Error as error:
        answer = f"{error.sqlstate}"
    finally:
        direct.rollback() if not direct.autocommit else None
        if direct.info.transaction_status:
            direct.execute("ROLLBACK")
    for value in secret:
        answer = answer.replace(str(value), "***")
    return answer


def main():
    count, config = int(sys.argv[1]), json.load(open(sys.argv[2], encoding="utf-8"))
    direct = psycopg.connect(autocommit=True, prepare_threshold=None, **config["direct"])
    problems, runs = [], {}
    for which in VALUES:
        fill(direct, which)
        runs[which] = through_gateway(config, count)
    for number, (text, one, two) in enumerate(zip(statements(count), runs["one"][0], runs["two"][0])):
        if one != two:
            problems.append(f"{number} `{text}` was answered {one[:300]} and {two[:300]}")
    if runs["one"][1] != runs["two"][1] or any(runs["one"][1].values()):
        problems.append(f"guessed through the gateway: {runs['one'][1]} {runs['two'][1]}")
    for which, (_, _, seen) in runs.items():
        problems += [f"`{value}` was seen" for value in VALUES[which] if str(value).encode() in seen]
    fill(direct, "one")
    found = {way: guess(lambda text: result_only(direct, text), way) for way in WAYS}
    problems += [f"{way}: without the gateway `{value}`" for way, value in found.items() if value != VALUES["one"][3][:3]]
    allowed = sum('"errors": []' in answer for answer in runs["one"][0])
    if allowed < count // 3:
        problems.append(f"only {allowed} statements of {count} were answered")
    if problems:
        print("\n".join(problems[:40]))
        sys.exit(1)
    print(f"ok: {count} statements, {allowed} answered without an error; {len(found)} ways find it where results alone are masked")


try:
    main()
except Closed as error:
    print(f"the gateway ended the session: {error}")
    sys.exit(1)
