"""Held statements in pipelines, prepared statements, cancellation and disconnects, with psycopg."""

import json
import os
import subprocess
import sys
import threading
import time

import psycopg

countersign = sys.argv[1]


def approvals(*arguments):
    done = subprocess.run([countersign, "approvals", *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout


def waiting(text, parameters="[]"):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for line in approvals("list", "--json")[1].splitlines():
            entry = json.loads(line)
            if entry["command"]["text"] == text and json.dumps(entry["command"]["parameters"]) == parameters:
                return entry
        time.sleep(0.05)
    sys.exit(f"nothing waits for {text} {parameters}: {approvals('list', '--all', '--json')[1]}")


def gone(identifier):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for line in approvals("list", "--all", "--json")[1].splitlines():
            entry = json.loads(line)
            if entry["id"] == identifier and entry["state"] != "waiting":
                return entry["state"]
        time.sleep(0.05)
    sys.exit(f"{identifier} waits still")


def direct(sql):
    with psycopg.connect(os.environ["DIRECT"]) as connection:
        return connection.execute(sql).fetchone()


def expect(condition, what):
    if not condition:
        sys.exit(what)


def background(work):
    result = []

    def run():
        try:
            result.append(work())
        except Exception as error:  # the error is what the test looks at
            result.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, result


def pipeline():
    """An update in front of a held delete in one pipeline has not run, and locks nothing, while the delete waits."""
    with psycopg.connect(autocommit=False) as connection:
        connection.prepare_threshold = 0
        connection.execute("SELECT 1")
        connection.commit()

        def work():
            with connection.pipeline():
                connection.execute("UPDATE public.orders SET status = %s WHERE id = 711", ["done"])
                connection.execute("DELETE FROM public.orders WHERE id = %s", [712])
            connection.commit()
            return "done"

        thread, result = background(work)
        entry = waiting("DELETE FROM public.orders WHERE id = $1", '["712"]')
        with psycopg.connect(os.environ["DIRECT"], autocommit=True) as other:
            other.execute("SET lock_timeout = '2s'")
            row = other.execute("SELECT status FROM orders WHERE id = 711 FOR UPDATE").fetchone()
            expect(row[0] != "done", f"the update ran before its batch was approved: {row}")
        expect(approvals("approve", entry["id"])[0] == 0, "the approval was not taken")
        thread.join(60)
        expect(result == ["done"], f"the pipeline did not end well: {result}")
    expect(direct("SELECT count(*) FROM orders WHERE id = 712")[0] == 0, "the approved delete did not run")
    expect(direct("SELECT status FROM orders WHERE id = 711")[0] == "done", "the update before it did not run")


def other_parameters():
    """An approval is for one set of parameters: the same statement with others waits anew."""
    with psycopg.connect(autocommit=True) as connection:
        connection.prepare_threshold = 0
        text = "DELETE FROM public.orders WHERE id = $1"
        thread, result = background(
            lambda: connection.execute("DELETE FROM public.orders WHERE id = %s", [713]).rowcount
        )
        first = waiting(text, '["713"]')
        approvals("approve", first["id"])
        thread.join(60)
        expect(result == [1], f"the first delete: {result}")
        thread, result = background(lambda: connection.execute("DELETE FROM public.orders WHERE id = %s", [714]))
        second = waiting(text, '["714"]')
        expect(second["digest"] != first["digest"], "two commands have one digest")
        approvals("deny", second["id"], "--reason", "no")
        thread.join(60)
        expect(isinstance(result[0], psycopg.errors.InsufficientPrivilege), f"the second delete: {result}")
        expect(connection.execute("SELECT 1").fetchone() == (1,), "the session does not go on")
    expect(direct("SELECT count(*) FROM orders WHERE id = 714")[0] == 1, "a denied delete ran")


def cancelled():
    """A cancel request ends the wait, and the session goes on."""
    with psycopg.connect(autocommit=True) as connection:
        sql = "DELETE FROM public.orders WHERE id = 715"
        thread, result = background(lambda: connection.execute(sql))
        entry = waiting(sql)
        connection.cancel()
        thread.join(60)
        expect(isinstance(result[0], psycopg.errors.QueryCanceled), f"the cancelled delete: {result}")
        expect(gone(entry["id"]) == "withdrawn", "a cancelled hold waits still")
        expect(approvals("approve", entry["id"])[0] == 1, "a cancelled command was approved")
        expect(connection.execute("SELECT 1").fetchone() == (1,), "the session does not go on")
    expect(direct("SELECT count(*) FROM orders WHERE id = 715")[0] == 1, "a cancelled delete ran")


def abandoned():
    """A client that goes away takes its hold with it."""
    sql = "DELETE FROM public.orders WHERE id = 716"
    client = subprocess.Popen(
        [sys.executable, "-c", f"import psycopg; psycopg.connect(autocommit=True).execute({sql!r})"],
        stderr=subprocess.DEVNULL,
    )
    entry = waiting(sql)
    client.kill()
    client.wait()
    expect(gone(entry["id"]) == "withdrawn", "an abandoned hold waits still")
    expect(direct("SELECT count(*) FROM orders WHERE id = 716")[0] == 1, "an abandoned delete ran")


def sql_prepared():
    """A statement that SQL prepared is held when it runs."""
    with psycopg.connect(autocommit=True) as connection:
        connection.execute("SET search_path TO public") if False else None
        thread, result = background(
            lambda: connection.execute("SELECT 1; DELETE FROM public.orders WHERE id = 717; SELECT 2").statusmessage
        )
        entry = waiting("SELECT 1; DELETE FROM public.orders WHERE id = 717; SELECT 2")
        approvals("approve", entry["id"])
        thread.join(60)
        expect(result and not isinstance(result[0], Exception), f"a text of several statements: {result}")
    expect(direct("SELECT count(*) FROM orders WHERE id = 717")[0] == 0, "an approved text did not run")


pipeline()
other_parameters()
cancelled()
abandoned()
sql_prepared()
print("ok")
