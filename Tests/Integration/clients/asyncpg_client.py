"""asyncpg: its own catalog queries, binary parameters, prepared statements, cursors, COPY, a pool, cancellation.

Reads libpq's variables. Prints `ok` and exits 0, or fails with a traceback.
"""

import asyncio
import datetime
import decimal
import io
import uuid

import asyncpg


async def results(connection):
    moment = datetime.datetime(2026, 11, 23, 22, 13, 47, 123456, datetime.timezone.utc)
    number = uuid.UUID("018f2b6c-0000-7000-8000-000000000001")
    row = await connection.fetchrow(
        "SELECT $1::int8 AS a, $2::text AS b, $3::timestamptz AS c, $4::uuid AS d, $5::numeric AS e, $6::int4[] AS f, $7::text AS g",
        2**40, "ä€😀", moment, number, decimal.Decimal("1.50"), [1, None, 3], None)
    assert tuple(row) == (2**40, "ä€😀", moment, number, decimal.Decimal("1.50"), [1, None, 3], None), row
    # A range and a composite make asyncpg read the catalog for the types.
    assert await connection.fetchval("SELECT int4range(1, 5)") == asyncpg.Range(1, 5)
    record = await connection.fetchval("SELECT o FROM public.orders o WHERE o.id = 1")
    assert record["id"] == 1 and record["status"] == "open", record
    try:
        await connection.fetch("SELECT * FROM public.no_such_table")
    except asyncpg.UndefinedTableError as error:
        assert error.sqlstate == "42P01", error
    else:
        raise AssertionError("no such table was found")


async def prepared(connection):
    statement = await connection.prepare("SELECT total FROM public.orders WHERE id = $1")
    for number in range(1, 50):
        assert await statement.fetchval(number) is not None
    assert [parameter.name for parameter in statement.get_parameters()] == ["int4"]
    await connection.executemany(
        "INSERT INTO public.scratch_asyncpg (id, note) VALUES ($1, $2)", [(n, f"note {n}") for n in range(1000)])
    assert await connection.fetchval("SELECT count(*) FROM public.scratch_asyncpg") == 1000
    # One bad row undoes the whole of executemany.
    try:
        await connection.executemany(
            "INSERT INTO public.scratch_asyncpg (id, note) VALUES ($1::int, $2)", [(5000, "a"), (0, "b"), (5001, "c")])
    except asyncpg.UniqueViolationError:
        pass
    else:
        raise AssertionError("a double key was taken")
    assert await connection.fetchval("SELECT count(*) FROM public.scratch_asyncpg WHERE id >= 5000") == 0


async def cursors(connection):
    async with connection.transaction():
        seen = [row["id"] async for row in connection.cursor("SELECT id FROM public.orders ORDER BY id", prefetch=33)]
        assert seen == list(range(1, 1001))
        cursor = await connection.cursor("SELECT id FROM public.orders ORDER BY id")
        await cursor.forward(10)
        assert (await cursor.fetchrow())["id"] == 11
        assert [row["id"] for row in await cursor.fetch(2)] == [12, 13]


async def copies(connection):
    rows = [(n, None if n % 5 == 0 else f"tab\tline\n ä {n}") for n in range(20_000)]
    await connection.execute("TRUNCATE public.scratch_asyncpg")
    assert await connection.copy_records_to_table(
        "scratch_asyncpg", schema_name="public", columns=["id", "note"], records=rows) == f"COPY {len(rows)}"
    out = io.BytesIO()
    await connection.copy_from_query("SELECT id, note FROM public.scratch_asyncpg ORDER BY id", output=out, format="csv")
    assert out.getvalue().count(b"\n") >= len(rows)
    await connection.execute("TRUNCATE public.scratch_asyncpg")
    await connection.copy_to_table(
        "scratch_asyncpg", schema_name="public", columns=["id", "note"], source=io.BytesIO(out.getvalue()), format="csv")
    assert await connection.fetchval("SELECT count(*) FROM public.scratch_asyncpg") == len(rows)


async def transactions(connection):
    async with connection.transaction(isolation="serializable"):
        await connection.execute("UPDATE public.scratch_asyncpg SET note = 'kept' WHERE id = 1")
        try:
            async with connection.transaction():
                await connection.execute("SELECT 1/0")
        except asyncpg.DivisionByZeroError:
            pass
    assert await connection.fetchval("SELECT note FROM public.scratch_asyncpg WHERE id = 1") == "kept"
    assert await connection.execute("SELECT 1; SELECT 2") == "SELECT 1"


async def notifications(connection):
    heard = asyncio.get_running_loop().create_future()
    await connection.add_listener("news_asyncpg", lambda c, pid, channel, payload: heard.set_result(payload))
    other = await asyncpg.connect()
    await other.execute("NOTIFY news_asyncpg, 'hello'")
    await other.close()
    assert await asyncio.wait_for(heard, 120) == "hello"


async def cancellation(connection):
    try:
        await connection.fetchval("SELECT count(*) FROM generate_series(1, 100000000000)", timeout=0.5)
    except asyncio.TimeoutError:
        pass
    else:
        raise AssertionError("the query was not cancelled")
    assert await connection.fetchval("SELECT 1") == 1


async def pools():
    async with asyncpg.create_pool(min_size=2, max_size=8) as pool:
        async def one(number):
            async with pool.acquire() as connection:
                return await connection.fetchval("SELECT $1::int", number)

        # Each release sends asyncpg's reset query: CLOSE ALL, UNLISTEN *, RESET ALL, advisory unlocks.
        assert await asyncio.gather(*(one(n) for n in range(60))) == list(range(60))


async def main():
    connection = await asyncpg.connect()
    await connection.execute("DROP TABLE IF EXISTS public.scratch_asyncpg")
    await connection.execute("CREATE TABLE public.scratch_asyncpg (id integer PRIMARY KEY, note text)")
    for check in (results, prepared, cursors, copies, transactions, notifications, cancellation):
        await check(connection)
    await connection.execute("DROP TABLE public.scratch_asyncpg")
    await connection.close()
    await pools()
    print("ok")


asyncio.run(main())
