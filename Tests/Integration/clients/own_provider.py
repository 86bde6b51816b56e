"""An OpenID Connect provider that says whatever a test wants it to say, and signs it: for what an honest one never says.

Its authorization endpoint asks nobody for a password: `who` says who logs in. One argument: its port.
"""

import base64
import hashlib
import http.server
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

CLIENT = "countersign"
SECRET = "client-secret-of-a-test"


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Provider:
    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}"
        self.codes = {}
        # What the next tokens say instead; None leaves a claim out.
        self.twist = {}
        self.algorithm = "RS256"
        self.folder = tempfile.mkdtemp()
        self.key = os.path.join(self.folder, "key.pem")
        self.openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", self.key)
        modulus = self.openssl("rsa", "-in", self.key, "-noout", "-modulus").decode().strip().partition("=")[2]
        self.modulus = encoded(bytes.fromhex(modulus))
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                provider.get(self)

            def do_POST(self):
                provider.post(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)

    @staticmethod
    def openssl(*arguments, data=None):
        return subprocess.run(
            ["openssl", *arguments], input=data, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ).stdout

    def get(self, handler):
        path, _, query = handler.path.partition("?")
        asked = dict(urllib.parse.parse_qsl(query))
        if path == "/.well-known/openid-configuration":
            return self.send(handler, {
                "issuer": self.url, "authorization_endpoint": self.url + "/auth", "token_endpoint": self.url + "/token",
                "jwks_uri": self.url + "/keys", "response_types_supported": ["code"],
                "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
            })
        if path == "/keys":
            key = {"kty": "RSA", "use": "sig", "kid": "one", "alg": "RS256", "n": self.modulus, "e": "AQAB"}
            return self.send(handler, {"keys": [key]})
        if path != "/auth" or asked.get("code_challenge_method") != "S256" or asked.get("client_id") != CLIENT:
            return self.send(handler, {"error": "invalid_request"}, 400)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        answer = urllib.parse.urlencode({"code": code, "state": asked["state"]})
        handler.send_response(302)
        handler.send_header("Location", f"{asked['redirect_uri']}?{answer}")
        handler.end_headers()

    def post(self, handler):
        length = int(handler.headers["Content-Length"])
        body = handler.rfile.read(length).decode()
        if handler.path == "/say":
            order = json.loads(body)
            self.twist, self.algorithm = order["twist"], order["algorithm"]
            return self.send(handler, {})
        form = dict(urllib.parse.parse_qsl(body))
        asked = self.codes.pop(form.get("code"), None)
        verifier = form.get("code_verifier", "")
        if (
            asked is None or form.get("client_secret") != SECRET or form.get("redirect_uri") != asked["redirect_uri"]
            or form.get("grant_type") != "authorization_code"
            or encoded(hashlib.sha256(verifier.encode()).digest()) != asked["code_challenge"]
        ):
            return self.send(handler, {"error": "invalid_grant"}, 400)
        self.send(handler, {"token_type": "Bearer", "access_token": "x", "id_token": self.token(asked)})

    def token(self, asked):
        now = int(time.time())
        who = asked.get("who", "ana")
        claims = {
            "iss": self.url, "aud": CLIENT, "sub": f"subject-of-{who}", "iat": now, "exp": now + 300,
            "auth_time": now, "nonce": asked["nonce"], "email": f"{who}@example.com", "email_verified": True,
            "preferred_username": who, **self.twist,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        head = {"alg": self.algorithm, "kid": "one", "typ": "JWT"}
        text = ".".join(encoded(json.dumps(part).encode()) for part in (head, claims))
        if self.algorithm == "none":
            return text + "."
        return text + "." + encoded(self.openssl("dgst", "-sha256", "-sign", self.key, data=text.encode()))

    @staticmethod
    def send(handler, value, status=200):
        body = json.dumps(value).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


class Tongue:
    """Tells a provider that runs elsewhere what its next tokens say."""

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}"

    def say(self, twist=None, algorithm="RS256"):
        order = json.dumps({"twist": twist or {}, "algorithm": algorithm}).encode()
        urllib.request.urlopen(self.url + "/say", order, timeout=60).close()


if __name__ == "__main__":
    provider = Provider(int(sys.argv[1]))
    print("listening", flush=True)
    provider.server.serve_forever()
