"""Ends what a test run started, when the run ends: however it ends.

Reads orders from standard input, which only the test process holds open, and acts when it is closed:
`pid 123 QUIT` sends the signal to a process, `free 123` takes that back, `unmount /a/folder` and `remove /a/folder` take a folder away.
"""

import os
import shutil
import signal
import subprocess
import sys
import time

for name in ("SIGINT", "SIGTERM", "SIGHUP"):
    signal.signal(getattr(signal, name), signal.SIG_IGN)
processes = {}
folders = []
mounts = []
for line in sys.stdin:
    order, _, rest = line.rstrip("\n").partition(" ")
    if order == "pid":
        pid, name = rest.split()
        processes[int(pid)] = getattr(signal, "SIG" + name)
    elif order == "free":
        processes.pop(int(rest), None)
    elif order == "unmount":
        mounts.append(rest)
    elif order == "remove":
        folders.append(rest)
for pid, number in processes.items():
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
deadline = time.monotonic() + 5
while processes and time.monotonic() < deadline:
    processes = {pid: number for pid, number in processes.items() if os.path.exists(f"/proc/{pid}")}
    time.sleep(0.05)
for folder in mounts:
    subprocess.run(["umount", "-l", folder], stderr=subprocess.DEVNULL)
for folder in folders:
    shutil.rmtree(folder, ignore_errors=True)
