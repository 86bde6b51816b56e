"""A receiver of syslog over TLS (RFC 5425) for tests: appends each message as a line to a file, synced.

usage: syslog_receiver.py PORT FILE [--tls CERTIFICATE KEY CLIENT_CA] [--stall FILE]
While the file of --stall is there, nothing is read.
"""

import os
import socket
import ssl
import sys
import threading
import time

port, path = int(sys.argv[1]), sys.argv[2]
words = sys.argv[3:]
stall = words[words.index("--stall") + 1] if "--stall" in words else None
lock = threading.Lock()
out = open(path, "ab", buffering=0)


def keep(message):
    assert b"\n" not in message, message
    with lock:
        out.write(message + b"\n")


def serve(connection):
    try:
        reader = connection.makefile("rb")
        while True:
            while stall and os.path.exists(stall):
                time.sleep(0.05)
            length = b""
            while (digit := reader.read(1)) not in (b" ", b""):
                assert digit.isdigit() and len(length) < 6, "no octet counting"
                length += digit
            if not length:
                return
            message = reader.read(int(length))
            if len(message) < int(length):
                return
            keep(message)
    except OSError:
        return


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
if stall:
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
listener.bind(("127.0.0.1", port))
listener.listen(16)
context = None
if "--tls" in words:
    place = words.index("--tls")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(words[place + 1], words[place + 2])
    context.load_verify_locations(words[place + 3])
    context.verify_mode = ssl.CERT_REQUIRED
print("listening", flush=True)
while True:
    connection, _ = listener.accept()
    try:
        if context:
            connection.settimeout(30)
            connection = context.wrap_socket(connection, server_side=True)
            connection.settimeout(None)
    except OSError:
        connection.close()
        continue
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
