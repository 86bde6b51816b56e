"""Held statements for the tests of people: a connection that waits in the background, and what comes of it."""

import sys
import threading
import time

import psycopg


def expect(condition, what):
    if not condition:
        sys.exit(str(what))


class Held:
    def __init__(self, role, sql):
        self.sql = sql
        self.result = None
        self.thread = threading.Thread(target=self.run, args=(role,), daemon=True)
        self.thread.start()

    def run(self, role):
        try:
            with psycopg.connect(user=role, autocommit=True) as connection:
                self.result = connection.execute(self.sql).rowcount
        except Exception as error:  # the error is what the test looks at
            self.result = error

    def approval(self, browser):
        """The approval, once this person is shown that it waits."""
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            for approval in browser.approvals():
                if approval["command"]["text"] == self.sql and approval["state"] == "waiting":
                    return approval
            expect(self.result is None, f"{self.sql} did not wait: {self.result!r}")
            time.sleep(0.05)
        sys.exit(f"nothing waits for {self.sql}")

    def end(self):
        self.thread.join(120)
        expect(not self.thread.is_alive(), f"{self.sql} waits still")
        return self.result
