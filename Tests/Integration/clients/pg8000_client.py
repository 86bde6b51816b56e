"""pg8000, a driver in pure Python: DB-API and native interfaces, COPY, transactions, errors.

Reads libpq's variables itself, for pg8000 does not. Prints `ok` and exits 0, or fails with a traceback.
"""

import datetime
import io
import os
import ssl

import pg8000.dbapi
import pg8000.native


def address():
    context = None
    if os.environ.get("PGSSLMODE", "disable") != "disable":
        context = ssl.create_default_context(cafile=os.environ["PGSSLROOTCERT"])
    return {
        "user": os.environ["PGUSER"],
        "password": os.environ["PGPASSWORD"],
        "host": os.environ["PGHOST"],
        "port": int(os.environ["PGPORT"]),
        "database": os.environ["PGDATABASE"],
        "ssl_context": context,
    }


def native():
    connection = pg8000.native.Connection(**address())
    moment = datetime.datetime(2026, 11, 23, 22, 13, 47, 123456, datetime.timezone.utc)
    rows = connection.run(
        "SELECT CAST(:a AS bigint), CAST(:b AS text), CAST(:c AS timestamptz), CAST(:d AS integer[]), CAST(:e AS text)",
        a=2**40, b="ä€😀", c=moment, d=[1, None, 3], e=None)
    assert rows == [[2**40, "ä€😀", moment, [1, None, 3], None]], rows
    statement = connection.prepare("SELECT total FROM public.orders WHERE id = :id")
    for number in range(1, 20):
        assert statement.run(id=number)
    statement.close()
    try:
        connection.run("SELECT * FROM public.no_such_table")
    except pg8000.native.DatabaseError as error:
        assert error.args[0]["C"] == "42P01", error
    else:
        raise AssertionError("no such table was found")
    assert connection.run("SELECT 1") == [[1]]
    connection.close()


def dbapi():
    connection = pg8000.dbapi.connect(**address())
    cursor = connection.cursor()
    cursor.execute("DROP TABLE IF EXISTS public.scratch_pg8000")
    cursor.execute("CREATE TABLE public.scratch_pg8000 (id integer PRIMARY KEY, note text)")
    cursor.executemany(
        "INSERT INTO public.scratch_pg8000 (id, note) VALUES (%s, %s)", [(n, f"note {n}") for n in range(100)])
    connection.commit()
    cursor.execute("UPDATE public.scratch_pg8000 SET note = %s WHERE id < %s RETURNING id", ("changed", 3))
    assert sorted(row[0] for row in cursor.fetchall()) == [0, 1, 2]
    connection.rollback()
    cursor.execute("SELECT count(*) FROM public.scratch_pg8000 WHERE note = 'changed'")
    assert cursor.fetchone()[0] == 0
    data = "".join(f"{n}\tcopied {n}\n" for n in range(1000, 6000))
    cursor.execute("COPY public.scratch_pg8000 FROM STDIN", stream=io.StringIO(data))
    out = io.StringIO()
    cursor.execute("COPY (SELECT * FROM public.scratch_pg8000 WHERE id >= 1000 ORDER BY id) TO STDOUT", stream=out)
    assert out.getvalue() == data
    connection.commit()
    try:
        cursor.execute("INSERT INTO public.scratch_pg8000 (id) VALUES (0)")
    except pg8000.dbapi.DatabaseError as error:
        assert error.args[0]["C"] == "23505", error
    else:
        raise AssertionError("a double key was taken")
    connection.rollback()
    cursor.execute("DROP TABLE public.scratch_pg8000")
    connection.commit()
    connection.close()


native()
dbapi()
print("ok")
