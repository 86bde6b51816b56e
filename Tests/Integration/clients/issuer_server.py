"""An issuer's site over TLS: the files of a folder, as they are now, at the paths that OpenID Connect gives them.

Takes port, certificate, key, folder. Each request is a line in `requests.log` of the folder: seconds, status and path.
Runs until it is killed.
"""

import http.server
import pathlib
import ssl
import sys
import time

port, certificate, key, folder = int(sys.argv[1]), sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4])
documents = {"/.well-known/openid-configuration": "discovery.json", "/keys": "jwks.json"}


class Site(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self):
        name = documents.get(self.path)
        body = (folder / name).read_bytes() if name else b""
        with open(folder / "requests.log", "a") as log:
            log.write(f"{time.monotonic():.3f} {200 if name else 404} {self.path}\n")
        self.send_response(200 if name else 404)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Site)
server.daemon_threads = True
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
print("listening", flush=True)
server.serve_forever()
