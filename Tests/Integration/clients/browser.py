"""A browser of few words: one person's cookies, redirects that are looked at, and the forms of the console's API."""

import http.client
import json
import urllib.parse


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = response.headers
        self.text = body.decode()

    @property
    def json(self):
        return json.loads(self.text)

    @property
    def location(self):
        return self.headers.get("Location", "")

    def __str__(self):
        return f"{self.status} {dict(self.headers)} {self.text[:500]}"


class Browser:
    def __init__(self, console):
        self.console = console
        self.cookies = {}
        self.form_token = None

    def request(self, method, url, body=None, headers=None, timeout=60):
        """Sends one request, follows nothing; a relative URL is the console's. A header that is None is left out."""
        parts = urllib.parse.urlsplit(urllib.parse.urljoin(self.console, url))
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
        jar = self.cookies.setdefault(parts.netloc, {})
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())} if jar else {}
        if isinstance(body, dict):
            body = urllib.parse.urlencode(body)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        sent.update(headers or {})
        path = parts.path + ("?" + parts.query if parts.query else "")
        connection.request(method, path, body, {name: value for name, value in sent.items() if value is not None})
        response = connection.getresponse()
        answer = Answer(response, response.read())
        connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            if value and "max-age=0" not in cookie.lower():
                jar[name] = value
            else:
                jar.pop(name, None)
        return answer

    def get(self, url, **more):
        return self.request("GET", url, **more)

    def post(self, url, form=None, **more):
        return self.request("POST", url, form if form is not None else {}, **more)

    @property
    def own_cookies(self):
        return self.cookies.setdefault(urllib.parse.urlsplit(self.console).netloc, {})

    def me(self):
        answer = self.get("/api/v1/me")
        if answer.status == 200:
            self.form_token = answer.json["form_token"]
        return answer

    def approvals(self):
        answer = self.get("/api/v1/approvals")
        assert answer.status == 200, str(answer)
        return answer.json["approvals"]

    def answer(self, approval, verdict, reason=None, **more):
        form = {"answer": verdict, "digest": approval["digest"], "form_token": self.form_token or ""}
        if reason is not None:
            form["reason"] = reason
        form.update(more.pop("form", {}))
        return self.post(f"/api/v1/approvals/{approval['id']}/answer", form, **more)
