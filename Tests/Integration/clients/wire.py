"""A client of PostgreSQL's protocol that says what it is told to, message by message: for what no driver would send."""

import socket
import ssl
import struct


class Closed(Exception):
    """The other side ended the connection."""


class Wire:
    """One connection; `seen` is every byte that came from the other side."""

    def __init__(self, host, port, ca=None, timeout=15):
        self.seen = bytearray()
        self.key = None
        self.buffer = b""
        self.socket = socket.create_connection((host, port), timeout=timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if ca:
            self.socket.sendall(struct.pack("!II", 8, 80877103))
            if self.socket.recv(1) != b"S":
                raise Closed("no TLS")
            context = ssl.create_default_context(cafile=ca)
            self.socket = context.wrap_socket(self.socket, server_hostname=host)

    def start(self, parameters, password):
        """The start-up with these pairs, a password in the clear, and what follows until ReadyForQuery."""
        body = struct.pack("!I", 196608)
        for name, value in parameters:
            body += name.encode() + b"\0" + value.encode() + b"\0"
        body += b"\0"
        self.send_raw(struct.pack("!I", len(body) + 4) + body)
        while True:
            kind, body = self.message()
            if kind == b"R" and struct.unpack("!I", body[:4])[0] == 3:
                self.send(b"p", password.encode() + b"\0")
            elif kind == b"K":
                self.key = struct.unpack("!II", body[:8])
            elif kind == b"E":
                raise Closed(self.fields(body).get("C", "?"))
            elif kind == b"Z":
                return

    def send(self, kind, body=b""):
        self.send_raw(kind + struct.pack("!I", len(body) + 4) + body)

    def send_raw(self, data):
        try:
            self.socket.sendall(data)
        except OSError as error:
            raise Closed(str(error)) from None

    def message(self):
        """The next message: its type and its body."""
        while len(self.buffer) < 5 or len(self.buffer) < 1 + struct.unpack("!I", self.buffer[1:5])[0]:
            try:
                part = self.socket.recv(65536)
            except TimeoutError:
                raise
            except OSError as error:
                raise Closed(str(error)) from None
            if not part:
                raise Closed("the end")
            self.seen += part
            self.buffer += part
        end = 1 + struct.unpack("!I", self.buffer[1:5])[0]
        kind, body = self.buffer[:1], self.buffer[5:end]
        self.buffer = self.buffer[end:]
        return kind, body

    @staticmethod
    def fields(body):
        """The fields of an error or a notice, by their letters."""
        return {f[:1].decode(): f[1:].decode("utf-8", "replace") for f in body.split(b"\0") if f}

    @staticmethod
    def row(body):
        """The values of a DataRow as text, NULL as an empty one."""
        count, values, place = struct.unpack("!H", body[:2])[0], [], 2
        for _ in range(count):
            size = struct.unpack("!i", body[place : place + 4])[0]
            place += 4
            values.append("" if size < 0 else body[place : place + size].decode("utf-8", "backslashreplace"))
            place += max(size, 0)
        return "|".join(values)

    def replies(self, syncs=1):
        """What comes until so many ReadyForQuery: rows, and errors as (SQLSTATE, message); tags; copied data."""
        answer = {"rows": [], "errors": [], "tags": [], "notices": [], "kinds": "", "status": ""}
        while syncs:
            kind, body = self.message()
            answer["kinds"] += kind.decode()
            if kind == b"D":
                answer["rows"].append(self.row(body))
            elif kind == b"d":
                answer["rows"].append(body.decode("utf-8", "backslashreplace").rstrip("\n"))
            elif kind == b"E":
                fields = self.fields(body)
                answer["errors"].append((fields.get("C", "?"), fields.get("M", "")))
            elif kind == b"N":
                answer["notices"].append(self.fields(body).get("M", ""))
            elif kind == b"C":
                answer["tags"].append(body.rstrip(b"\0").decode())
            elif kind == b"G":
                self.send(b"c")
            elif kind == b"Z":
                answer["status"] = body.decode()
                syncs -= 1
        return answer

    def query(self, text):
        self.send(b"Q", text.encode("utf-8", "surrogateescape") + b"\0")
        return self.replies()

    def close(self):
        try:
            self.send(b"X")
            self.socket.close()
        except (OSError, Closed):
            pass
