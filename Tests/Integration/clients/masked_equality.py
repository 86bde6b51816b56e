"""Runs random SELECTs through the gateway, and directly where the columns hold the masked values: the answers are equal.

usage: masked_equality.py CASES SEED KEYFILE

libpq's own variables lead to the gateway; DIRECT and SHADOW are connection strings of the target's database and of one
whose columns hold masked values. Compared are the columns' names and types, the rows (in their order, where there is
one), the command's tag and the SQLSTATE of an error. Prints the first differences and exits with 1; or a line of counts.
"""

import collections
import hashlib
import hmac
import os
import random
import re
import select
import sys
import time

import psycopg
from psycopg import pq

import masked_schema
from masked_selects import Generator

# What the gateway refuses although it could be served, at most. Errors that both sides have do not count.
REFUSED_SHARE = 0.02
ERROR_SHARE = 0.25


class Side:
    """One connection, and what a statement answers on it."""

    def __init__(self, conninfo):
        self.connection = psycopg.connect(conninfo, autocommit=True)
        self.connection.execute("SET search_path = shadow, pg_catalog")
        self.raw = self.connection.pgconn

    def answer(self, how, text, parameters):
        if how == "extended":
            results = [self.raw.exec_params(text.encode(), [p.encode() for p in parameters])]
        else:
            self.raw.send_query(text.encode())
            results = []
            while (result := self.next_result()) is not None:
                results.append(result)
                if result.status == pq.ExecStatus.COPY_OUT:
                    results.append(self.copied())
        # A batch that failed may have left a transaction, or a prepared statement.
        if how == "cursor" and self.raw.transaction_status != pq.TransactionStatus.IDLE:
            self.raw.exec_(b"ROLLBACK")
        if how == "prepare":
            self.raw.exec_(b"DEALLOCATE ALL")
        return [shown(r, "ORDER BY" in text.rsplit(")", 1)[-1]) for r in results], message(results)

    def next_result(self):
        while self.raw.is_busy():
            select.select([self.raw.socket], [], [])
            self.raw.consume_input()
        return self.raw.get_result()

    def copied(self):
        lines = []
        while True:
            size, data = self.raw.get_copy_data(0)
            if size < 0:
                return lines
            lines.append(bytes(data))


def shown(result, is_ordered):
    """What is compared of a result."""
    if isinstance(result, list):
        return result if is_ordered else sorted(result)
    state = result.error_field(pq.DiagnosticField.SQLSTATE)
    if state is not None:
        return "error", state
    columns = [
        (result.fname(n), type_name(result.ftype(n)), result.fmod(n))
        for n in range(result.nfields)
    ]
    rows = [tuple(result.get_value(r, n) for n in range(result.nfields)) for r in range(result.ntuples)]
    if not is_ordered:
        rows.sort(key=lambda row: [(v is not None, v or b"") for v in row])
    return pq.ExecStatus(result.status).name, result.command_status, columns, rows


def type_name(oid):
    """Types that users made have other numbers on either side, and a masked table's row has no type of its own."""
    return oid if oid < 16384 and oid not in RECORDS else "row"


RECORDS = {2249, 2287}


def message(results):
    """The message of the error that ended it, if there was one."""
    texts = [r.error_field(pq.DiagnosticField.MESSAGE_PRIMARY) for r in results if not isinstance(r, list)]
    return b" ".join(t for t in texts if t).decode(errors="replace")


def reason(text):
    """A refusal without its names."""
    text = re.sub(r"\(record .*", "", text)
    return re.sub(r"\b(shadow\.)?(%s)\b" % "|".join(masked_schema.TABLES | masked_schema.ALSO), "R", text)[:120].strip()


def main():
    cases, seed = int(sys.argv[1]), int(sys.argv[2])
    with open(sys.argv[3], "rb") as file:
        key = hmac.new(file.read(), b"countersign mask v1\0orders-db", hashlib.sha256).digest()
    direct, shadow = (psycopg.connect(os.environ[n], autocommit=True) for n in ("DIRECT", "SHADOW"))
    masked_schema.make(direct, shadow, key, seed)
    through, beside = Side(""), Side(os.environ["SHADOW"])
    generator = Generator(random.Random(seed))
    counts, refusals, refused, states, different = (collections.Counter() for _ in range(5))
    spent = [0.0, 0.0, 0.0]
    for number in range(cases):
        began = time.monotonic()
        how, text, parameters = generator.statement()
        made = time.monotonic()
        want, _ = beside.answer(how, text, parameters)
        asked = time.monotonic()
        have, error = through.answer(how, text, parameters)
        ended = time.monotonic()
        if "-v" in sys.argv and ended - asked > 0.2:
            print(f"-- {ended - asked:.2f} s: {text}\n")
        for place, duration in enumerate((made - began, asked - made, ended - asked)):
            spent[place] += duration
        failed = [r for r in want if r[:1] == ("error",)]
        if error.startswith("countersign:") and have != want and failed:
            # Both refuse, in other words: a name that is not there, or there twice.
            refused[reason(error)] += 1
        elif error.startswith("countersign:") and have != want:
            refusals[reason(error)] += 1
            if "-v" in sys.argv:
                print(f"-- {error} {str(want)[:100]}\n{text}\n")
        elif have != want:
            different[how] += 1
            if sum(different.values()) <= 10 or "-v" in sys.argv:
                print(f"-- case {number} of seed {seed}, {how}, differs {parameters}\n{text}\n   shadow:  {str(want)[:600]}\n   gateway: {str(have)[:600]} {error}")
        else:
            counts["errors" if failed else "rows"] += 1
            states.update(r[1].decode() for r in failed)
    total, both = sum(refusals.values()), sum(refused.values())
    print(f"cases {cases}, seed {seed}: the same rows {counts['rows']}, the same error {counts['errors']}, refused and an error "
          f"of another kind there {both}, refused {total} ({total / cases:.2%}), different {sum(different.values())}")
    print(f"errors {dict(states.most_common(12))}; seconds: made {spent[0]:.1f}, beside {spent[1]:.1f}, gateway {spent[2]:.1f}")
    for words, counter in (("refused", refusals), ("refused, an error there", refused)):
        for text, count in counter.most_common(20):
            print(f"  {words} {count}: {text}")
    right = not different and total <= cases * REFUSED_SHARE + 2 and counts["errors"] + both <= cases * ERROR_SHARE + 5
    print("ok" if right else "not ok")
    return 0 if right else 1


sys.exit(main())
