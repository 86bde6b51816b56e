"""Witnesses that do not do their work: lying_witness.py PORT. What each path does stands in its name.

/loris/     answers byte by byte, for ever         /huge/      a 200 whose body does not end
/garbage/   a 200 of noise                         /forge/     a signature line that nobody made
/ahead/     a 409 with more entries than exist     /loop/      a 409 with another size each time
/silent/    accepts and says nothing               /redirect/  elsewhere
/hang/      closes at once
"""

import base64
import os
import socketserver
import sys
import time


class Liar(socketserver.BaseRequestHandler):
    sizes = iter(range(1, 10**9))

    def handle(self):
        request = b""
        while b"\r\n\r\n" not in request:
            part = self.request.recv(65536)
            if not part:
                return
            request += part
        path = request.split(b" ", 2)[1].decode()
        try:
            getattr(self, path.strip("/").split("/")[0], self.garbage)()
        except OSError:
            pass

    def answer(self, status, body, kind="text/plain"):
        head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        self.request.sendall(head.encode() + body)

    def loris(self):
        for byte in b"HTTP/1.1 200 OK\r\nX-Padding: " + b"a" * 100000:
            self.request.sendall(bytes([byte]))
            time.sleep(0.2)

    def huge(self):
        self.request.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            self.request.sendall(b"\xe2\x80\x94 a b\n" * 4096)

    def garbage(self):
        self.answer(200, os.urandom(5000))

    def forge(self):
        line = "\u2014 liar.example/w " + base64.b64encode(os.urandom(76)).decode() + "\n"
        self.answer(200, line.encode())

    def ahead(self):
        self.answer(409, b"999999999\n", "text/x.tlog.size")

    def loop(self):
        self.answer(409, f"{next(Liar.sizes) % 3 + 1}\n".encode(), "text/x.tlog.size")

    def silent(self):
        time.sleep(600)

    def redirect(self):
        head = "HTTP/1.1 307 X\r\nLocation: /garbage/add-checkpoint\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        self.request.sendall(head.encode())

    def hang(self):
        self.request.close()


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True


with Server(("127.0.0.1", int(sys.argv[1])), Liar) as server:
    print("listening", flush=True)
    server.serve_forever()
