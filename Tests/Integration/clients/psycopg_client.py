"""psycopg 3: text and binary results, pipelines, COPY, server-side cursors, notifications, cancellation.

Reads the address and the identity from libpq's own variables (PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE,
PGSSLMODE, PGSSLROOTCERT). Prints `ok` and exits 0, or fails with a traceback.
"""

import asyncio
import datetime
import decimal
import threading

import psycopg
from psycopg import errors
from psycopg.types.json import Jsonb


def results(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::int, %s::text, NULL::text", (42, "ä€😀'\\"))
        assert cursor.fetchone() == (42, "ä€😀'\\", None)
    for binary in (False, True):
        with connection.cursor(binary=binary) as cursor:
            moment = datetime.datetime(2026, 11, 23, 22, 13, 47, 123456, datetime.timezone.utc)
            values = (1, 2**40, 1.5, decimal.Decimal("12345678901234567890.12"), True, moment, b"\x00\xff\x01",
                      [1, 2, None], Jsonb({"a": [1, "two"]}), datetime.date(2026, 11, 23))
            cursor.execute("SELECT %s::int4, %s::int8, %s::float8, %s::numeric, %s::bool, %s::timestamptz, %s::bytea,"
                           " %s::int4[], %s::jsonb, %s::date", values)
            row = cursor.fetchone()
            assert row[:7] == values[:7], row
            assert row[7:] == ([1, 2, None], {"a": [1, "two"]}, datetime.date(2026, 11, 23)), row
    with connection.cursor() as cursor:
        large = "x" * 3_000_000
        cursor.execute("SELECT %s::text", (large,))
        assert cursor.fetchone()[0] == large
        # Several statements in one simple query.
        cursor.execute("SELECT 1; SELECT 2; SELECT 3")
        seen = [cursor.fetchone()[0]]
        while cursor.nextset():
            seen.append(cursor.fetchone()[0])
        assert seen == [1, 2, 3], seen


def prepared(connection):
    with connection.cursor() as cursor:
        for number in range(20):
            cursor.execute("SELECT total FROM public.orders WHERE id = %s", (1 + number,), prepare=True)
            assert cursor.fetchone() is not None
        cursor.executemany("INSERT INTO public.scratch (id, note) VALUES (%s, %s)", [(n, f"note {n}") for n in range(500)])
        assert cursor.rowcount == 500
        cursor.executemany("UPDATE public.scratch SET note = %s WHERE id = %s RETURNING id",
                           [(f"again {n}", n) for n in range(5)], returning=True)
        seen = []
        while True:
            seen.append(cursor.fetchone()[0])
            if not cursor.nextset():
                break
        assert seen == [0, 1, 2, 3, 4], seen
    connection.commit()


def pipelines(connection):
    connection.commit()
    with connection.pipeline() as pipeline:
        first = connection.execute("SELECT 1")
        second = connection.execute("UPDATE public.scratch SET note = 'piped' WHERE id = %s", (1,))
        pipeline.sync()
        third = connection.execute("SELECT note FROM public.scratch WHERE id = %s", (1,))
        assert (first.fetchone(), second.rowcount, third.fetchone()) == ((1,), 1, ("piped",))
    connection.commit()
    # An error skips the rest of its batch, up to the sync, and nothing after it.
    try:
        with connection.pipeline():
            connection.execute("SELECT 1/0")
            connection.execute("UPDATE public.scratch SET note = 'not run' WHERE id = 2")
    except errors.DivisionByZero:
        connection.rollback()
    else:
        raise AssertionError("the division was not refused")
    assert connection.execute("SELECT note FROM public.scratch WHERE id = 2").fetchone() == ("again 2",)
    with connection.pipeline():
        cursors = [connection.execute("SELECT %s::int", (n,)) for n in range(300)]
        assert [cursor.fetchone()[0] for cursor in cursors] == list(range(300))
    connection.commit()


def copies(connection):
    rows = [(n, None if n % 7 == 0 else f"tab\tnew\nline \\ ä {n}") for n in range(20_000)]
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE public.scratch")
        with cursor.copy("COPY public.scratch (id, note) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        assert cursor.rowcount == len(rows)
        with cursor.copy("COPY (SELECT id, note FROM public.scratch ORDER BY id) TO STDOUT") as copy:
            assert list(copy.rows()) == [(str(n), note) for n, note in rows]
        with cursor.copy("COPY (SELECT id, note FROM public.scratch ORDER BY id) TO STDOUT (FORMAT binary)") as copy:
            copy.set_types(["int4", "text"])
            assert list(copy.rows()) == rows
        cursor.execute("TRUNCATE public.scratch")
        with cursor.copy("COPY public.scratch (id, note) FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(["int4", "text"])
            for row in rows:
                copy.write_row(row)
        cursor.execute("SELECT count(*) FROM public.scratch")
        assert cursor.fetchone() == (len(rows),)
    connection.commit()
    # A COPY that the client gives up leaves the session usable.
    try:
        with connection.cursor() as cursor, cursor.copy("COPY public.scratch (id, note) FROM STDIN") as copy:
            copy.write_row((-1, "given up"))
            raise KeyError("given up")
    except KeyError:
        connection.rollback()
    # So does a COPY whose data the target refuses.
    try:
        with connection.cursor() as cursor, cursor.copy("COPY public.scratch (id, note) FROM STDIN") as copy:
            copy.write("no number\tx\n")
    except errors.InvalidTextRepresentation:
        connection.rollback()
    else:
        raise AssertionError("a row that is no row was taken")
    assert connection.execute("SELECT count(*) FROM public.scratch WHERE id < 0").fetchone() == (0,)


def cursors(connection):
    with connection.cursor(name="walk") as cursor:
        cursor.itersize = 37
        cursor.execute("SELECT id FROM public.orders ORDER BY id")
        assert [row[0] for row in cursor] == list(range(1, 1001))
    with connection.cursor(name="scrolls", scrollable=True) as cursor:
        cursor.execute("SELECT id FROM public.orders ORDER BY id")
        cursor.scroll(10)
        assert cursor.fetchone() == (11,)
        cursor.scroll(0, mode="absolute")
        assert cursor.fetchmany(2) == [(1,), (2,)]
    connection.commit()
    with connection.cursor() as cursor:
        assert [row[0] for row in cursor.stream("SELECT id FROM public.orders ORDER BY id")] == list(range(1, 1001))
    connection.commit()


def transactions(connection):
    with connection.transaction():
        connection.execute("UPDATE public.scratch SET note = 'kept' WHERE id = 1")
        try:
            with connection.transaction():
                connection.execute("UPDATE public.scratch SET note = 'lost' WHERE id = 1")
                raise KeyError("rolled back")
        except KeyError:
            pass
    assert connection.execute("SELECT note FROM public.scratch WHERE id = 1").fetchone() == ("kept",)
    connection.commit()
    try:
        connection.execute("SELECT * FROM public.no_such_table")
    except errors.UndefinedTable as error:
        assert error.sqlstate == "42P01", error
        connection.rollback()
    else:
        raise AssertionError("no such table was found")


def notifications(connection):
    notices = []
    connection.add_notice_handler(lambda notice: notices.append(notice.message_primary))
    connection.autocommit = True
    connection.execute("DROP TABLE IF EXISTS public.never_was")
    assert notices == ['table "never_was" does not exist, skipping'], notices
    connection.execute("LISTEN news")
    with psycopg.connect(autocommit=True) as other:
        other.execute("NOTIFY news, 'hello'")
    for notify in connection.notifies(timeout=120, stop_after=1):
        assert (notify.channel, notify.payload) == ("news", "hello")
        break
    else:
        raise AssertionError("no notification came")
    connection.execute("UNLISTEN *")
    connection.autocommit = False


def cancellation(connection):
    for cancel in (connection.cancel_safe, connection.cancel):
        ended = threading.Event()

        # Again and again: the first may come before the query does.
        def insist():
            while not ended.wait(0.5):
                cancel()

        insisting = threading.Thread(target=insist, daemon=True)
        insisting.start()
        try:
            connection.execute("SELECT pg_sleep(3600)")
        except errors.QueryCanceled:
            ended.set()
            insisting.join()
            connection.rollback()
        else:
            raise AssertionError("the query was not cancelled")
    assert connection.execute("SELECT 1").fetchone() == (1,)
    connection.commit()


async def concurrently():
    async def one(number):
        async with await psycopg.AsyncConnection.connect() as connection:
            cursor = await connection.execute("SELECT %s::int", (number,))
            return (await cursor.fetchone())[0]

    assert await asyncio.gather(*(one(n) for n in range(20))) == list(range(20))


def main():
    with psycopg.connect() as connection:
        connection.execute("DROP TABLE IF EXISTS public.scratch")
        connection.execute("CREATE TABLE public.scratch (id integer, note text)")
        connection.commit()
        for check in (results, prepared, pipelines, copies, cursors, transactions, notifications, cancellation):
            check(connection)
        connection.execute("DROP TABLE public.scratch")
    asyncio.run(concurrently())
    print("ok")


main()
