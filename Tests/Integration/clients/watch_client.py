"""psql stopped by Ctrl-C: during a \\watch, and during a query that runs for ever. The session goes on both times.

Takes the path of psql; reads libpq's variables. Prints `ok` and exits 0, or fails with a traceback.
"""

import signal
import subprocess
import sys

SCRIPT = """
SELECT 'tick' \\watch 1
SELECT 'after the watch';
SELECT 'started';
SELECT count(*) FROM generate_series(1, 100000000000);
SELECT 'after the query';
"""


def main():
    psql = subprocess.Popen(
        [sys.argv[1], "-X", "-A", "-t", "-f", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1)
    psql.stdin.write(SCRIPT)
    psql.stdin.close()
    ticks = 0
    seen = []
    for line in psql.stdout:
        line = line.strip()
        seen.append(line)
        if line == "tick":
            ticks += 1
            if ticks == 2:
                psql.send_signal(signal.SIGINT)
        elif line == "started":
            # The query after this one runs until it is cancelled: a Ctrl-C that comes too early is asked again.
            while True:
                try:
                    psql.wait(timeout=0.5)
                    break
                except subprocess.TimeoutExpired:
                    psql.send_signal(signal.SIGINT)
    errors = psql.stderr.read()
    assert ticks == 2, (seen, errors)
    assert "after the watch" in seen and "after the query" in seen, (seen, errors)
    assert "canceling statement due to user request" in errors, errors
    print("ok")


main()
