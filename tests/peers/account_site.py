"""A site with accounts on loopback: a form with a token, sessions that end, pages for subscribers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import parse_qs

from tests.peers.http import Outlet, Request, Route, answer_bytes, reply

FORM = """<!doctype html><title>Log in</title><form action="/search"><input name=q></form>
<form method=post action="/session?next=home"><input type=hidden name=token value="{token}">
<input type=email name=email><input type=password name=pass>
<input type=checkbox name=stay checked><button>Log in</button></form>{said}"""
NAME_FORM = """<!doctype html><form method=post action="/letters" class=newsletter><input type=email name=to></form>
<form method=post action="/identify" id=login><input type=hidden name=csrf value=c1><input name=who>
<button>Next</button></form>{said}"""
PASSWORD_FORM = """<form method=post action="/session?next=home"><input type=hidden name=token value=t1>
<input type=hidden name=email value="{who}"><input type=password name=pass><input type=hidden name=stay value=on>"""
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass
class AccountSite:
    """Adds a login at `/login` to a loopback outlet; `posted` are the forms that came, `sessions` those in force."""

    outlet: Outlet
    password: str = "s3cret"
    posted: list[dict[str, str]] = field(default_factory=list)
    sessions: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.outlet.routes["/login"] = self._form
        self.outlet.routes["/session?next=home"] = self._log_in
        self.outlet.page("/account", b"<p>Hello</p><a href=/out>Log out</a>", headers=HTML)

    def ask_name_first(self, known: str) -> None:
        """Ask for the password only where the first of two forms gave this name."""
        self.outlet.page("/login", NAME_FORM.format(said="").encode(), headers=HTML)

        async def identify(request: Request, writer: asyncio.StreamWriter) -> bool:
            form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
            self.posted.append(form)
            body = PASSWORD_FORM.format(who=form["who"])
            if form != {"csrf": "c1", "who": known}:
                body = NAME_FORM.format(said="<p class=form-error>Nobody of this name</p>")
            writer.write(answer_bytes(200, body.encode(), {**HTML, "Set-Cookie": "seen=t1; Path=/"}))
            return True

        self.outlet.routes["/identify"] = identify

    def behind(self, path: str, inside: Route, outside: Route | None = None) -> None:
        """Show a page to those who are logged in, and send others to the login, or show them something else."""
        refused = outside or reply(302, b"", {"Location": f"/login?next={path}"})
        self.outlet.routes[f"/login?next={path}"] = self._form

        async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
            is_known = _cookie(request, "sid") in self.sessions
            return await (inside if is_known else refused)(request, writer)

        self.outlet.routes[path] = serve

    async def _form(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        writer.write(_form(""))
        return True

    async def _log_in(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        self.posted.append(form)
        if form.get("token") != "t1" or _cookie(request, "seen") != "t1" or form.get("pass") != self.password:
            writer.write(_form("<p class=form-error>Wrong password for ann: " + form.get("pass", "") + "</p>"))
            return True
        session = f"session-{len(self.posted)}"
        self.sessions.add(session)
        headers = {"Set-Cookie": f"sid={session}; Path=/; HttpOnly", "Location": "/account"}
        writer.write(answer_bytes(303, b"", headers))
        return True


def _form(said: str) -> bytes:
    body = FORM.format(token="t1", said=said).encode()
    return answer_bytes(200, body, {**HTML, "Set-Cookie": "seen=t1; Path=/"})


def _cookie(request: Request, name: str) -> str:
    found = SimpleCookie(request.headers.get("cookie", "")).get(name)
    return found.value if found else ""
