"""psql on a terminal, stopped by Ctrl-C: during a \\watch, and during a query that runs for ever. The session goes on.

Takes the path of psql; reads libpq's variables. Prints `ok` and exits 0, or fails with a traceback.
"""

import os
import pty
import select
import sys
import time


class Terminal:
    def __init__(self, arguments):
        pid, self.descriptor = pty.fork()
        if pid == 0:
            os.execve(arguments[0], arguments, os.environ | {"TERM": "dumb"})
        self.seen = ""

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def expect(self, text, count=1, meanwhile=None, seconds=180):
        """Waits until a text was shown so often; types `meanwhile` every half second until then."""
        deadline = time.monotonic() + seconds
        while self.seen.count(text) < count:
            assert time.monotonic() < deadline, (text, self.seen)
            if select.select([self.descriptor], [], [], 0.5)[0]:
                self.seen += os.read(self.descriptor, 65536).decode(errors="replace")
            elif meanwhile:
                self.type(meanwhile)
        self.seen = ""


def main():
    terminal = Terminal([sys.argv[1], "-X", "-A", "-t", "-q", "-n", "-P", "pager=off"])
    # The terminal shows what is typed, so what is waited for is made by the target.
    terminal.type("SELECT 'ti' || 'ck' \\watch 1\n")
    terminal.expect("tick", count=2)
    terminal.type("\x03")
    terminal.type("SELECT 'after the ' || 'watch';\n")
    terminal.expect("after the watch")
    terminal.type("SELECT count(*) FROM generate_series(1, 100000000000);\n")
    terminal.expect("canceling statement due to user request", meanwhile="\x03")
    terminal.type("SELECT 'after the ' || 'query';\n")
    terminal.expect("after the query")
    terminal.type("\\q\n")
    print("ok")


main()
