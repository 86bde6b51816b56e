"""A receiver of events over HTTP for tests: appends the lines of each POST to a file; refuses while FILE.refuse is there.

usage: http_receiver.py PORT FILE TOKEN
"""

import http.server
import os
import sys

port, path, token = int(sys.argv[1]), sys.argv[2], sys.argv[3]


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        status = 200
        if self.headers["authorization"] != token:
            status = 401
        elif os.path.exists(path + ".refuse"):
            status = 503
        else:
            with open(path, "ab") as file:
                file.write(body)
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Receiver)
print("listening", flush=True)
server.serve_forever()
