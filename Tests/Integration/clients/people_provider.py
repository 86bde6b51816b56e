"""An OpenID Connect provider with a login page for browsers: Django with django-oauth-toolkit, SQLite in a folder of its own.

    people_provider.py FOLDER PORT CALLBACK[,CALLBACK…]

Everybody's password is `password-of-NAME`. It tells in each token when the password was given (`auth_time`).
"""

import os
import socketserver
import subprocess
import sys
import wsgiref.simple_server

# Without TLS, on the loopback address alone.
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"

import django
from django.conf import settings

CLIENT = "countersign"
SECRET = "client-secret-of-a-test"
# A name, and what the provider says of them.
PEOPLE = {
    "ana": ("Ana", "Silva"), "bo": ("Bo", "Lind"), "cy": ("Cy", "<script>alert(1)</script>"),
    "dan": ("Dan", "Audit"), "eve": ("Eve", "Nobody"), "fay": ("Fay", "Audit"), "gil": ("Gil", "Admin"),
}
LOGIN = """<!doctype html><html lang="en"><title>Log in</title><body><h1>Log in</h1><form method="post">{% csrf_token %}
<label>Name <input name="username"></label><label>Password <input name="password" type="password"></label>
<input type="hidden" name="next" value="{{ next }}"><button>Log in</button></form></body></html>"""


def configure(folder, port):
    key = subprocess.run(
        ["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
        check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ).stdout
    settings.configure(
        SECRET_KEY="of a test", DEBUG=False, ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, USE_TZ=True,
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {"registration/login.html": LOGIN})]},
        }],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(folder, "provider.db")}},
        # The tests are not about how long a password holds.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        LOGIN_URL="/login/", DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SESSION_COOKIE_NAME="provider", CSRF_COOKIE_NAME="provider-csrf",
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True, "OIDC_RSA_PRIVATE_KEY": key, "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{port}/o",
            "SCOPES": {"openid": "who", "email": "address", "profile": "name"}, "PKCE_REQUIRED": True,
            "OAUTH2_VALIDATOR_CLASS": __name__ + ".Validator",
        },
    )
    django.setup()


def fill(callback):
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for name, (first, last) in PEOPLE.items():
        User.objects.create_user(
            name, f"{name}@example.com", f"password-of-{name}", first_name=first, last_name=last
        )
    Application.objects.create(
        client_id=CLIENT, client_secret=SECRET, client_type="confidential", authorization_grant_type="authorization-code",
        redirect_uris=callback.replace(",", " "), skip_authorization=True, algorithm="RS256", name="Countersign",
    )


class Server(socketserver.ThreadingMixIn, wsgiref.simple_server.WSGIServer):
    daemon_threads = True


class Handler(wsgiref.simple_server.WSGIRequestHandler):
    def log_message(self, *_):
        pass


folder, port, callback = sys.argv[1:]
configure(folder, port)

from django.contrib.auth.views import LoginView
from django.core.wsgi import get_wsgi_application
from django.urls import include, path
from oauth2_provider.oauth2_validators import OAuth2Validator


class Validator(OAuth2Validator):
    oidc_claim_scope = None

    def get_additional_claims(self, request):
        user = request.user
        return {
            "email": user.email, "email_verified": True, "preferred_username": user.username,
            "name": user.get_full_name(),
        }


urlpatterns = [
    path("login/", LoginView.as_view(), name="login"), path("o/", include("oauth2_provider.urls")),
]
fill(callback)
server = wsgiref.simple_server.make_server("127.0.0.1", int(port), get_wsgi_application(), Server, Handler)
print("listening", flush=True)
server.serve_forever()
