"""A server of mail for tests (aiosmtpd): STARTTLS, AUTH PLAIN, and a file with what it took, one JSON object a line.

usage: mail_receiver.py PORT FILE CERTIFICATE KEY USER PASSWORD
"""

import email
import email.policy
import json
import ssl
import sys
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

port, path, certificate, key, user, password = sys.argv[1:7]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone@"):
            return "550 nobody is called that"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        with open(path, "a") as file:
            json.dump(
                {
                    "tls": session.ssl is not None,
                    "authenticated": session.authenticated,
                    "from": envelope.mail_from,
                    "to": envelope.rcpt_tos,
                    "headers": sorted(message.keys()),
                    "subject": message["subject"],
                    "id": message["message-id"],
                    "text": message.get_content(),
                },
                file,
            )
            file.write("\n")
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (user.encode(), password.encode())
    return AuthResult(success=good)


controller = Controller(
    Handler(),
    hostname="localhost",
    port=int(port),
    tls_context=context,
    require_starttls=True,
    auth_required=True,
    authenticator=authenticate,
)
controller.start()
print("listening", flush=True)
while True:
    time.sleep(3600)
