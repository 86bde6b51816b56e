"""People before glewlwyd: they log in, look at what waits, deny it, log out. One argument: the console's URL."""

import sys
import urllib.parse

from browser import Browser
from held import Held, expect

console = sys.argv[1]


def at_the_provider(browser, url, who, anew=False):
    """Does what the provider's login page does: a password, a grant, and back; gives the URL of the callback."""
    api = url.split("/api/")[0] + "/api"
    answer = browser.get(url)
    expect(answer.status == 302 and "login.html" in answer.location, f"the provider asks for no login: {answer}")
    expect(("prompt=login" in answer.location) == anew, f"it was not asked to ask again: {answer}")
    as_json = {"Content-Type": "application/json"}
    answer = browser.request(
        "POST", api + "/auth/", f'{{"username": "{who}", "password": "password-of-{who}"}}', headers=as_json
    )
    expect(answer.status == 200, f"{who} could not log in at the provider: {answer}")
    answer = browser.request("PUT", api + "/auth/grant/countersign", '{"scope": "openid"}', headers=as_json)
    expect(answer.status == 200, f"no grant: {answer}")
    answer = browser.get(url + "&g_continue")
    expect(answer.status == 302 and "code=" in answer.location, f"no code: {answer}")
    return answer.location


def log_in(who, return_to="/"):
    browser = Browser(console)
    start = browser.get("/login?" + urllib.parse.urlencode({"return_to": return_to}))
    expect(start.status == 303, f"/login: {start}")
    back = browser.get(at_the_provider(browser, start.location, who))
    return browser, back


stranger = Browser(console)
expect(stranger.me().status == 401, "nobody is logged in, and yet somebody is")

ana, back = log_in("ana", "/approvals?x=1")
expect(back.status == 303 and back.location == "/approvals?x=1", f"after the login: {back}")
me = ana.me()
expect(me.status == 200 and me.json["id"] == "ana@example.com" and me.json["name"] == "Ana Silva", me)
expect(me.json["capabilities"] == ["approver"] and me.json["groups"] == ["dba"], me)
# This provider does not tell in a code's token when the password was given, so nothing can be approved by its word.
expect(me.json["fresh"] is False, me)

held = Held("held", "DELETE FROM public.orders WHERE id = 801")
approval = held.approval(ana)
expect(approval["may_answer"] is True and approval["state"] == "waiting", approval)
refused = ana.answer(approval, "approve")
expect(refused.status == 403 and "/login/again" in refused.json["detail"], f"a stale login approved: {refused}")
again = ana.get("/login/again?return_to=/approvals")
expect(again.status == 303, again)
parameters = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(again.location).query))
expect(parameters["prompt"] == "login" and parameters["max_age"] == "900", parameters)
back = ana.get(at_the_provider(ana, again.location, "ana", anew=True))
expect(back.status == 403 and "anew" in back.json["detail"], f"a login without a time counted as fresh: {back}")
expect(ana.me().status == 200, "a refused renewal took the session with it")
denied = ana.answer(approval, "deny", "not before the audit")
expect(denied.status == 200 and denied.json["state"] == "denied", denied)
result = held.end()
expect("denied by ana@example.com: not before the audit" in str(result), f"the client: {result!r}")

eve, back = log_in("eve")
expect(back.status == 403 and "not among the people" in back.json["detail"], f"a stranger: {back}")
expect(eve.me().status == 401 and not eve.own_cookies.get("countersign"), "a stranger got a session")

kept = dict(ana.own_cookies)
out = ana.post("/logout", {"form_token": ana.form_token})
expect(out.status == 303 and out.location == "/", out)
expect(ana.me().status == 401, "the cookie is still there after a logout")
ana.own_cookies.update(kept)
expect(ana.me().status == 401, "the session lives on after a logout")
print("ok")
