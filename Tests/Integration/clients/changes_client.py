"""psycopg 3 in a role that may change five rows in one transaction: every way to commit, and what is there afterwards.

Argument: a table `(id integer primary key, note text)` that is empty. Reads the address and the identity from libpq's own
variables. Prints `ok` and exits 0, or fails with a traceback.
"""

import sys

import psycopg
from psycopg import errors

TABLE = sys.argv[1]
MANY = f"INSERT INTO {TABLE} SELECT i, 'x' FROM generate_series(100, 119) i"
FEW = f"INSERT INTO {TABLE} SELECT i, 'y' FROM generate_series(1, 5) i"


def count(connection):
    return connection.execute(f"SELECT count(*) FROM {TABLE}").fetchone()[0]


def refused(connection, run):
    try:
        run()
    except errors.ProgramLimitExceeded as error:
        assert "may change at most 5 rows in one transaction" in str(error) and "(record 0" in str(error), error
    else:
        raise AssertionError("not refused")


def denied(connection, sql):
    try:
        connection.execute(sql)
    except errors.InsufficientPrivilege as error:
        assert "rows_changed" in str(error), error
    else:
        raise AssertionError(f"not denied: {sql}")


def copy(connection, rows):
    with connection.cursor().copy(f"COPY {TABLE} FROM STDIN") as copying:
        for number in range(rows):
            copying.write_row((number + 1, "c"))


def alone():
    """Statements that commit by themselves."""
    with psycopg.connect("", autocommit=True) as connection:
        refused(connection, lambda: connection.execute(MANY))
        refused(connection, lambda: connection.execute(MANY + " RETURNING id"))
        refused(connection, lambda: connection.execute(MANY + " WHERE i > %s", (1,)))
        refused(connection, lambda: connection.execute(MANY, prepare=True))
        refused(connection, lambda: connection.execute(f"{FEW}; {MANY}"))
        refused(connection, lambda: connection.execute(f"{FEW}; UPDATE {TABLE} SET note = 'z' WHERE id = 1"))
        refused(connection, lambda: copy(connection, 20))
        assert count(connection) == 0
        assert connection.execute(FEW).rowcount == 5
        assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        rows = connection.execute(f"UPDATE {TABLE} SET note = 'z' WHERE id < %s RETURNING id", (4,)).fetchall()
        assert sorted(rows) == [(1,), (2,), (3,)], rows
        assert connection.execute(f"DELETE FROM {TABLE} WHERE id <= 5").rowcount == 5
        copy(connection, 5)
        assert count(connection) == 5
        connection.execute(f"DELETE FROM {TABLE}")
        try:
            connection.execute(f"INSERT INTO {TABLE} VALUES (1, 'a'), (1, 'b')")
        except errors.UniqueViolation:
            assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        assert count(connection) == 0
        for sql in (f"TRUNCATE {TABLE}", f"WITH x AS ({MANY} RETURNING id) SELECT * FROM x",
                    f"WITH x AS ({MANY} RETURNING id) UPDATE {TABLE} SET note = 'a'", f"EXPLAIN ANALYZE {MANY}",
                    f"BEGIN; {MANY}; COMMIT", f"COPY ({MANY} RETURNING id) TO STDOUT"):
            denied(connection, sql)
        assert count(connection) == 0


def together():
    """A transaction of the client's own: the sum counts."""
    with psycopg.connect("") as connection:
        connection.execute(FEW)
        assert count(connection) == 5
        refused(connection, lambda: connection.execute(f"UPDATE {TABLE} SET note = 'z' WHERE id = 1"))
        assert connection.info.transaction_status == psycopg.pq.TransactionStatus.INERROR
        connection.commit()
        assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        assert count(connection) == 0
        connection.rollback()
        connection.execute(FEW)
        connection.execute("SAVEPOINT s")
        refused(connection, lambda: connection.execute(MANY))
        connection.execute("ROLLBACK TO s")
        connection.commit()
        assert count(connection) == 5
        connection.execute(f"DELETE FROM {TABLE}")
        connection.commit()
        for sql in (MANY, FEW):
            try:
                connection.execute(sql)
                connection.execute("COMMIT AND CHAIN")
                connection.execute(f"DELETE FROM {TABLE} WHERE id <= 5")
            except errors.ProgramLimitExceeded:
                pass
            connection.commit()
        assert count(connection) == 0


def pipelines():
    """Batches of the extended protocol, where one Sync commits many statements."""
    with psycopg.connect("", autocommit=True) as connection:
        try:
            with connection.pipeline():
                for number in range(20):
                    connection.execute(f"INSERT INTO {TABLE} VALUES (%s, 'p')", (number,))
        except errors.ProgramLimitExceeded:
            pass
        else:
            raise AssertionError("not refused")
        assert count(connection) == 0
        try:
            with connection.pipeline():
                for number in range(20):
                    connection.execute(f"INSERT INTO {TABLE} VALUES (%s, 'p')", (number,))
                    if number == 4:
                        connection.execute("COMMIT")
        except errors.ProgramLimitExceeded:
            pass
        # What the COMMIT in the middle committed was within the bound.
        assert count(connection) == 5, count(connection)
        connection.execute(f"DELETE FROM {TABLE}")
        with connection.pipeline():
            for number in range(5):
                connection.execute(f"INSERT INTO {TABLE} VALUES (%s, 'p')", (number,))
        assert count(connection) == 5
        connection.execute(f"DELETE FROM {TABLE}")
        connection.execute("PREPARE p AS " + MANY)
        refused(connection, lambda: connection.execute("EXECUTE p"))
        denied(connection, "EXPLAIN ANALYZE EXECUTE p")
        assert count(connection) == 0


def deferred():
    """A constraint that fails when the gateway commits."""
    with psycopg.connect("", autocommit=True) as connection:
        try:
            connection.execute(f"INSERT INTO {TABLE}_late VALUES (1), (1)")
        except errors.UniqueViolation:
            assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        else:
            raise AssertionError("not told")
        assert connection.execute(f"SELECT count(*) FROM {TABLE}_late").fetchone()[0] == 0


alone()
together()
pipelines()
deferred()
print("ok")
