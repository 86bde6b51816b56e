"""The relations of the equality test, with clear values and with masked ones, and the masks in a third implementation.

A column is (name, type in SQL, kind for the generator, mask or None). Kinds: t text, i integer, n numeric, d date, z
timestamp, o what is only shown, counted and compared with NULL.
"""

import datetime
import decimal
import hashlib
import hmac
import random
import uuid

SCHEMA = "shadow"
TABLES = {
    "people": [
        ("id", "int", "i", None), ("email", "text", "t", "email"), ("name", "varchar(20)", "t", "partial(1,1)"),
        ("code", "char(12)", "t", "last4"), ("team", "int", "i", None), ("born", "date", "d", "year"),
        ("pay", "numeric(10,2)", "n", "round(1000)"), ("city", "varchar(12)", "t", None),
    ],
    "profiles": [
        ("id", "int", "i", None), ("note", "text", "t", "redact"), ("seen", "timestamptz", "z", "year"),
        ("points", "int", "i", "round(10)"), ("tag", "uuid", "o", "hash"), ("secret", "text", "t", "hash"),
        ("doc", "jsonb", "o", "null"), ("label", "shadow.word", "t", "null"), ("city", "varchar(12)", "t", None),
    ],
    "orders": [
        ("id", "int", "i", None), ("person", "int", "i", None), ("total", "numeric", "n", "round(100)"),
        ("big", "bigint", "i", "round(1000)"), ("status", "varchar(8)", "t", "hash"), ("at", "timestamp", "z", "year"),
        ("placed", "date", "d", None), ("email", "varchar(16)", "t", "email"), ("tags", "text[]", "o", "null"),
    ],
    "events": [
        ("id", "int", "i", None), ("day", "date", "d", None), ("who", "text", "t", "email"),
        ("amount", "smallint", "i", "round(5)"),
    ],
    "animals": [("id", "int", "i", None), ("label", "text", "t", "redact"), ("born", "date", "d", "year")],
    "plain": [("id", "int", "i", None), ("team", "int", "i", None), ("word", "text", "t", None)],
}
# Children, views and partitions that can be read by a name of their own.
ALSO = {
    "dogs": TABLES["animals"] + [("trick", "text", "t", None)],
    "events_old": TABLES["events"],
    "open_view": [("id", "int", "i", None), ("team", "int", "i", None), ("city", "varchar(12)", "t", None)],
    "mask_view": [("id", "int", "i", None), ("email", "text", "t", "email"), ("pay", "numeric(10,2)", "n", "round(1000)")],
    # A masked view over what is not masked.
    "word_view": [("id", "int", "i", None), ("word", "text", "t", "last4")],
}
KEYS = {"people", "profiles", "orders", "plain"}
TEXTS = [
    None, "", "a", "ana@example.com", "bo@x.org", "Ünï@exämple.com", "@x", "a@b@c.de", "x@", "naïve 🦊 fox", "4111111111111111",
    "12345678", "1234567", "12", " spaced ", "O'Brien \\ \"q\"", "***", "a***@example.com", "ÅÄÖ", "nul%like_", "line\nbreak",
]


def value(kind_of_type, chance):
    """A clear value of a type; None is NULL."""
    if chance.random() < 0.15:
        return None
    base = kind_of_type.split("(")[0]
    if base in ("text", "varchar", "char", "shadow.word"):
        text = chance.choice(TEXTS)
        limit = int(kind_of_type.split("(")[1][:-1]) if "(" in kind_of_type else None
        return None if text is None else text[:limit]
    if base in ("int", "bigint", "smallint"):
        return chance.choice([0, 1, -1, 4, 5, 7, 14, 15, 25, -15, -26, 999, 2500, 32767 if base == "smallint" else 123456])
    if base == "numeric":
        return decimal.Decimal(chance.choice(["0", "0.50", "499.99", "500", "1500.00", "-1500", "-49.9", "123456.78"]))
    if base == "date":
        return datetime.date(chance.choice([1969, 1999, 2000, 2024]), chance.choice([1, 2, 12]), chance.choice([1, 29 - 1, 31 - 3]))
    if base in ("timestamp", "timestamptz"):
        zone = datetime.timezone.utc if base == "timestamptz" else None
        moments = [(1999, 12, 31, 23, 59), (2000, 1, 1, 0, 0), (2024, 2, 29, 12, 30), (1970, 1, 1, 5, 0)]
        return datetime.datetime(*chance.choice(moments), tzinfo=zone)
    if base == "uuid":
        return uuid.UUID(int=chance.choice([0, 1, 2**127 + 5, 2**128 - 1]))
    if base == "jsonb":
        return chance.choice(['{"a": 1}', "[1, 2]", '"x"', "null"])
    if base == "text[]":
        return chance.choice([[], ["a"], ["a", None]])
    raise ValueError(kind_of_type)


def masked(clear, type_name, mask, key):
    """The value that a mask shows, by docs/reference/masks.md."""
    if mask is None or clear is None:
        return clear
    if mask == "null":
        return None
    if mask == "year":
        return clear.replace(month=1, day=1, **({"hour": 0, "minute": 0} if hasattr(clear, "hour") else {}))
    if mask.startswith("round"):
        step = decimal.Decimal(mask[6:-1])
        number = decimal.Decimal(clear)
        up = (abs(number) / step).quantize(decimal.Decimal(1), rounding=decimal.ROUND_HALF_UP) * step
        if type_name == "smallint" and up > 32767:
            up -= step
        return (up if number >= 0 else -up) + 0
    if type_name.startswith("char"):
        clear = clear.rstrip(" ")
    text = shown(str(clear), mask, key)
    if type_name == "uuid":
        return uuid.UUID(hex=text)
    limit = int(type_name.split("(")[1][:-1]) if "(" in type_name else None
    return text[:limit]


def shown(text, mask, key):
    if mask == "hash":
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]
    if mask == "email":
        domain = text[text.rfind("@") + 1:]
        letters = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
        right = text.rfind("@") >= 1 and 1 <= len(domain) <= 253 and set(domain) <= letters
        return text[0] + "***@" + domain if right else "***"
    if mask in ("last4", "partial(1,1)"):
        first, last = (0, 4) if mask == "last4" else (1, 1)
        return text[:first] + "***" + text[len(text) - last:] if len(text) >= 2 * (first + last) else "***"
    assert mask == "redact"
    return "***"


def definitions():
    def columns(name):
        key = " PRIMARY KEY" if name in KEYS else ""
        return ", ".join(f"{c} {t}" + (key if c == "id" else "") for c, t, _, _ in TABLES[name])

    return f"""
        DROP SCHEMA IF EXISTS shadow CASCADE; CREATE SCHEMA shadow; SET search_path = shadow, pg_catalog;
        CREATE DOMAIN shadow.word AS text;
        CREATE TABLE people (gone int, {columns('people')});
        ALTER TABLE people DROP COLUMN gone;
        CREATE TABLE profiles ({columns('profiles')});
        CREATE TABLE orders ({columns('orders')});
        CREATE TABLE plain ({columns('plain')});
        CREATE TABLE events ({columns('events')}) PARTITION BY RANGE (day);
        CREATE TABLE events_old PARTITION OF events FOR VALUES FROM (MINVALUE) TO ('2000-01-01');
        CREATE TABLE events_new (who text, id int, amount smallint, day date);
        ALTER TABLE events ATTACH PARTITION events_new DEFAULT;
        CREATE TABLE animals ({columns('animals')});
        CREATE TABLE dogs (trick text) INHERITS (animals);
        CREATE VIEW open_view AS SELECT id, team, city FROM people;
        CREATE VIEW mask_view AS SELECT id, email, pay FROM people;
        CREATE VIEW word_view AS SELECT id, {{word}} AS word FROM plain;
    """


def rows(chance, key):
    """(table, columns, clear row, masked row) of everything that is stored."""
    for name, count in (("people", 17), ("profiles", 15), ("orders", 23), ("plain", 7), ("events", 12), ("animals", 6), ("dogs", 6)):
        columns = TABLES.get(name) or ALSO[name]
        for number in range(1, count + 1):
            clear = {c: value(t, chance) for c, t, _, _ in columns}
            clear["id"] = number
            for column in ("team", "person"):
                if column in clear:
                    clear[column] = chance.choice([None, 1, 2, 3, 4])
            if name == "events":
                clear["day"] = clear["day"] or datetime.date(2001, 1, 1)
            hidden = {c: masked(clear[c], t, m, key) for c, t, _, m in columns}
            yield name, [c for c, _, _, _ in columns], list(clear.values()), list(hidden.values())


def make(direct, shadow, key, seed):
    """Fills both databases."""
    for connection, word in ((direct, "word"), (shadow, "CASE WHEN length(word) >= 8 THEN '***' || right(word, 4) "
                                                        "ELSE left(word, 0) || '***' END")):
        connection.execute(definitions().replace("{word}", word))
    for name, columns, clear, hidden in rows(random.Random(seed), key):
        text = f"INSERT INTO shadow.{name} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"
        direct.execute(text, clear)
        shadow.execute(text, hidden)
    for connection in (direct, shadow):
        connection.execute("ANALYZE")


def masks():
    """The masks of the configuration, one a line."""
    for name, columns in (TABLES | {k: ALSO[k] for k in ("mask_view", "word_view")}).items():
        for column, _, _, mask in columns:
            if mask:
                yield f'shadow.{name}.{column}: "{mask}"'


if __name__ == "__main__":
    print("\n".join(masks()))
