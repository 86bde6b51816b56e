"""Makes Debian's glewlwyd an OpenID Connect provider of people for the tests: sqlite, HTTP on the loopback address.

    oidc_provider.py prepare FOLDER PORT          its database and its configuration, before it is started
    oidc_provider.py fill URL CALLBACK            the plugin, the client and the people, once it answers
"""

import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

SCHEMA = "/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3"
CLIENT = "countersign"
SECRET = "client-secret-of-a-test"
SCOPES = ["openid"]
# A name, and what the provider says of them.
PEOPLE = {
    "ana": ("Ana Silva", "ana@example.com"),
    "bo": ("Bo Lind", "bo@example.com"),
    "cy": ("Cy <script>alert(1)</script>", "cy@example.com"),
    "dan": ("Dan Audit", "dan@example.com"),
    "eve": ("Eve Nobody", "eve@example.com"),
}


def prepare(folder, port):
    with sqlite3.connect(os.path.join(folder, "glewlwyd.db")) as database, open(SCHEMA, encoding="utf-8") as schema:
        database.executescript(schema.read())
    settings = {
        "port": int(port),
        "bind_address": "127.0.0.1",
        "external_url": f"http://127.0.0.1:{port}",
        "login_url": "login.html",
        "api_prefix": "api",
        "log_mode": "console",
        "log_level": "WARNING",
        "cookie_secure": 0,
        "session_expiration": 3600,
        "session_key": "PROVIDER_SESSION",
        "allow_multiple_user_per_session": False,
        "login_api_enabled": True,
        "admin_scope": "g_admin",
        "profile_scope": "g_profile",
        "user_module_path": "/usr/lib/glewlwyd/user",
        "client_module_path": "/usr/lib/glewlwyd/client",
        "user_auth_scheme_module_path": "/usr/lib/glewlwyd/scheme",
        "plugin_module_path": "/usr/lib/glewlwyd/plugin",
        "use_secure_connection": 0,
        "hash_algorithm": "SHA512",
    }
    lines = [f"{name}={json.dumps(value)}" for name, value in settings.items()]
    path = os.path.join(folder, "glewlwyd.db")
    lines.append(f'database={{ type="sqlite3"; path="{path}"; }};')
    with open(os.path.join(folder, "glewlwyd.conf"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


class Admin:
    """The provider's REST API, as its administrator."""

    def __init__(self, url):
        self.url = url
        self.cookie = None
        deadline = time.monotonic() + 120
        while True:
            try:
                answer = self.send("POST", "/auth/", {"username": "admin", "password": "password"})
                self.cookie = answer.headers["Set-Cookie"].split(";")[0]
                return
            except (urllib.error.URLError, ConnectionError) as error:
                if time.monotonic() > deadline:
                    sys.exit(f"the provider does not answer: {error}")
                time.sleep(0.05)

    def send(self, method, path, body):
        request = urllib.request.Request(self.url + "/api" + path, json.dumps(body).encode(), method=method)
        request.add_header("Content-Type", "application/json")
        if self.cookie:
            request.add_header("Cookie", self.cookie)
        try:
            return urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as error:
            sys.exit(f"{method} {path}: {error.code} {error.read().decode(errors='replace')}")


def openssl(*arguments, text=None):
    return subprocess.run(
        ["openssl", *arguments], input=text, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ).stdout


def fill(url, callback):
    admin = Admin(url)
    private = openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
    public = openssl("pkey", "-pubout", text=private)
    switches = {
        "allow-non-oidc": False, "auth-type-code-enabled": True, "auth-type-token-enabled": False,
        "auth-type-id-token-enabled": True, "auth-type-none-enabled": False, "auth-type-password-enabled": False,
        "auth-type-client-enabled": False, "auth-type-device-enabled": False, "auth-type-refresh-enabled": False,
        "refresh-token-rolling": False, "pkce-allowed": True, "pkce-method-plain-allowed": False,
        "jwks-show": True, "session-management-allowed": False, "introspection-revocation-allowed": False,
        "register-client-allowed": False, "encrypt-out-token-allow": False, "request-parameter-allow": False,
    }
    admin.send("POST", "/mod/plugin/", {
        "module": "oidc", "name": "oidc", "display_name": "people", "enabled": True,
        "parameters": {
            "iss": f"{url}/api/oidc", "jwt-type": "rsa", "jwt-key-size": "256", "key": private, "cert": public,
            "access-token-duration": 600, "refresh-token-duration": 600, "code-duration": 60,
            "name-claim": "mandatory", "email-claim": "mandatory", "scope-claim": "no",
            "claims": [{
                "name": "preferred_username", "user-property": "username", "type": "string", "mandatory": True,
                "on-demand": False,
            }],
            **switches,
        },
    })
    admin.send("POST", "/client/", {
        "client_id": CLIENT, "name": "Countersign", "enabled": True, "confidential": True, "scope": [],
        "client_secret": SECRET, "authorization_type": ["code"], "redirect_uri": callback.split(","),
        "token_endpoint_auth_method": ["client_secret_post"],
    })
    # Only a scope that asks for a password has the provider tell when somebody gave it (`auth_time`).
    admin.send("PUT", "/scope/openid", {
        "name": "openid", "display_name": "OpenID", "description": "who logged in", "password_required": True,
        "password_max_age": 0, "scheme": {},
    })
    for name, (full, address) in PEOPLE.items():
        admin.send("POST", "/user/", {
            "username": name, "name": full, "email": address, "password": f"password-of-{name}", "enabled": True,
            "scope": SCOPES,
        })
    print("ok")


if __name__ == "__main__":
    {"prepare": prepare, "fill": fill}[sys.argv[1]](*sys.argv[2:])
