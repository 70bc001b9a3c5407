"""Ask an outlet with the session of an account: log in before the first request, and again once the session is over.

A password that was refused is not sent again until it or the entry changes, since sites lock accounts at which one is
tried again and again.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit

from monitor.config import Login, SiteAccess
from monitor.errors import FetchError, MonitorError
from monitor.fetching import is_own_page, with_credentials
from monitor.hostnames import host_of
from monitor.isolate import Workers
from monitor.model import Page
from monitor.net import BODY_LIMIT
from monitor.sources import LoginForm, LoginPage
from monitor.steps.read_login import LoginJob, login_page_of
from monitor.text import clean

if TYPE_CHECKING:
    from monitor.net import Client

RENEW_AFTER = timedelta(hours=1)
"""The least time between two logins."""
AGAIN_AFTER = timedelta(minutes=5)
"""When a login is tried again whose form could not be fetched, so that nothing was sent."""
LONGEST_GAP = 10.0
"""Seconds between two requests of a login at most, however long the host's own gap is."""
_LONGEST_COMPLAINT = 200
_ACCEPT = {"accept": "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"}
_NO_HEADERS: Mapping[str, str] = {}


class LoginError(MonitorError):
    """A login gave no session; `is_refusal` says that what was sent must not be sent again."""

    def __init__(self, text: str, *, is_refusal: bool = False) -> None:
        super().__init__(text)
        self.is_refusal = is_refusal


class LoginRecords(Protocol):
    """What is known of the logins of outlets, and what time it is."""

    def now(self) -> datetime:
        """Return the present moment."""

    async def refused(self, outlet: str) -> str:
        """Return the seal of what an outlet refused; empty if it refused nothing."""

    async def note(self, outlet: str, failure: str, seal: str = "") -> None:
        """Record how a login ended: why it failed, empty if it worked, and the seal of what was refused."""


class LoginNotes:
    """The records of one command: by outlet why its login failed, empty if it worked."""

    def __init__(self) -> None:
        self.failures: dict[str, str] = {}

    def now(self) -> datetime:
        """Return the present moment by the clock of the event loop, which began with the machine."""
        return datetime.fromtimestamp(asyncio.get_running_loop().time(), UTC)

    async def refused(self, outlet: str) -> str:
        """Return that nothing is known: who calls a command wants it tried."""
        return ""

    async def note(self, outlet: str, failure: str, seal: str = "") -> None:
        """Keep how a login ended."""
        self.failures[outlet] = failure


class Account(NamedTuple):
    """An outlet, how it is asked, and the account that this says."""

    outlet: str
    site: SiteAccess
    login: Login


class AccountClient:
    """Asks an outlet with the session of its account, as far as that can be had; `gap` gives a host's in seconds.

    `workers` read the pages of a login. One that fails fails nothing else: what everybody may read is read. `logins`
    counts those that worked.
    """

    def __init__(
        self, client: Client, account: Account, records: LoginRecords, workers: Workers, gap: Callable[[str], float]
    ) -> None:
        self.logins = 0
        self._client = client
        self._outlet, self._site, self._login = account
        self._records = records
        self._workers = workers
        self._gap = gap
        self._not_before = datetime.min.replace(tzinfo=UTC)
        # The password that was refused, empty if none was; None until the records were read.
        self._refused: str | None = None
        self._attempts: set[asyncio.Task[bool]] = set()

    async def get(self, url: str, headers: Mapping[str, str] = _NO_HEADERS, *, largest: int = BODY_LIMIT) -> Page:
        """Return the answer at `url` as `Client.get`, asked again where it shows that the session was over."""
        if not self.logins:
            await self._log_in(0)
        before = self.logins
        page = await self._client.get(url, headers, largest=largest)
        if self._is_outside(url, page) and await self._log_in(before):
            page = await self._client.get(url, headers, largest=largest)
        return page

    async def renew(self, url: str, before: int) -> bool:
        """Log in again since a page showed a wall; whether it may show more now.

        `before` is the count of logins when the page was requested.
        """
        return self._is_concerned(url) and await self._log_in(before)

    def close(self) -> None:
        """Give up logins under way."""
        for attempt in self._attempts:
            attempt.cancel()

    def _is_concerned(self, url: str) -> bool:
        return host_of(url) == host_of(self._login.url) or self._client.has_session(url)

    def _is_outside(self, url: str, page: Page) -> bool:
        """Whether an answer is one for readers without a session: a refusal, or a redirect to the login."""
        if page.status in (401, 403):
            return self._is_concerned(page.url)
        return _place(page.url) == _place(self._login.url) != _place(url)

    async def _log_in(self, before: int) -> bool:
        """Log in at our turn at the host, unless somebody has since `before`; whether there is a new session."""
        if self.logins <= before and not self._may_try():
            return False
        try:
            # The turn also keeps two tasks from logging in at once.
            async with self._client.host_turn(host_of(self._login.url)):
                if self.logins > before or not self._may_try():
                    return self.logins > before
                # To its end even where the caller's time is over: half a login costs the site as much as a whole one.
                attempt = asyncio.create_task(self._attempt())
                self._attempts.add(attempt)
                attempt.add_done_callback(self._attempts.discard)
                return await asyncio.shield(attempt)
        except FetchError:
            return False

    def _may_try(self) -> bool:
        # A wait that is longer than any comes of a clock that was set back.
        return not timedelta() < self._not_before - self._records.now() <= RENEW_AFTER

    async def _attempt(self) -> bool:
        """Log in, and record how that ended; whether it worked."""
        self._not_before = self._records.now() + RENEW_AFTER
        password = ""
        try:
            password = self._site.password(self._login)
            if await self._is_refused(password):
                self._not_before = self._records.now()
                return False
            with self._client.logging_in():
                form, url = await self._fetch_form()
                await self._submit(form, url, password)
        except MonitorError as error:
            await self._note_failure(error, password)
            return False
        self.logins += 1
        self._refused = ""
        await self._records.note(self._outlet, "")
        return True

    async def _is_refused(self, password: str) -> bool:
        if self._refused is None:
            known = await self._records.refused(self._outlet)
            is_same = known and await asyncio.to_thread(_seal, self._login, password, known[:_SALT]) == known
            self._refused = password if is_same else ""
        return self._refused == password

    async def _note_failure(self, error: MonitorError, password: str) -> None:
        seal = ""
        if isinstance(error, FetchError):
            self._not_before = self._records.now() + AGAIN_AFTER
        if isinstance(error, LoginError) and error.is_refusal:
            self._refused = password
            seal = await asyncio.to_thread(_seal, self._login, password, secrets.token_hex(_SALT // 2))
        said = str(error).replace(password, "…") if password else str(error)
        await self._records.note(self._outlet, clean(said), seal)

    async def _fetch_form(self) -> tuple[LoginForm, str]:
        """Return the form of the login page and the address of that page."""
        page = await self._client.get(with_credentials(self._login.url, self._site.feeds), _ACCEPT)
        if page.status >= 400:
            raise FetchError("status", f"{page.status} for the page with the login")
        found = await self._read(page, "")
        if found.form is None and found.name_form:
            # The name alone is asked for first, and the password by the answer.
            page = await self._send(found.name_form, page.url, "")
            found = await self._read(page, "")
            if found.form is None:
                raise LoginError(f"what {self._login.url} answers to the name asks for no password{_said(found)}")
        if found.form is None:
            raise LoginError(f"{self._login.url} has no form that posts a password")
        return found.form, page.url

    async def _send(self, form: LoginForm, url: str, password: str) -> Page:
        """Send a form of the page at `url` once, and return the answer; LoginError where there is none."""
        if not is_own_page(form.action, [self._login.url]):
            hint = "give the address of the login there"
            raise LoginError(f"the form of {self._login.url} sends to {host_of(form.action)}: {hint}")
        await asyncio.sleep(min(self._gap(host_of(url)), LONGEST_GAP))
        action = with_credentials(form.action, [with_credentials(self._login.url, self._site.feeds)])
        parts = urlsplit(url)
        # What frameworks check against forged requests.
        headers = {**_ACCEPT, "referer": url, "origin": f"{parts.scheme}://{parts.netloc}"}
        try:
            page = await self._client.submit(action, filled(form, self._login, password), headers)
        except FetchError as error:
            raise LoginError(f"no answer to the login: {error}") from None
        if page.status == 429 or page.status >= 500:
            raise LoginError(f"no answer to the login: {page.status}")
        return page

    async def _submit(self, form: LoginForm, url: str, password: str) -> None:
        """Send the password; LoginError where the page after it shows no session."""
        page = await self._send(form, url, password)
        after = await self._read(page, self._login.works) if page.body else LoginPage(None, "", False)
        if reason := self._why_outside(page, after):
            raise LoginError(f"the login was refused: {reason}", is_refusal=True)
        await asyncio.sleep(min(self._gap(host_of(url)), LONGEST_GAP))

    async def _read(self, page: Page, works: str) -> LoginPage:
        (answer,) = await self._workers.run([LoginJob(page, works)])
        return login_page_of(answer)

    def _why_outside(self, page: Page, after: LoginPage) -> str:
        """Return what says that a login did not work; empty where it did."""
        complaint = _said(after)
        if self._login.works:
            return "" if after.shows else f"the page after it does not show “{self._login.works}”{complaint}"
        if page.status >= 400:
            return f"{page.status}{complaint}"
        if after.form or (after.name_form and _place(page.url) == _place(self._login.url)):
            return f"the form came back{complaint}"
        return "" if self._client.has_session() else f"no cookie was set{complaint}"


def _said(page: LoginPage) -> str:
    """Return what a page complains of, to be added to an error."""
    return f"; the page says “{page.complaint[:_LONGEST_COMPLAINT]}”" if page.complaint else ""


def filled(form: LoginForm, login: Login, password: str) -> dict[str, str]:
    """Return the fields of a form with those of an account; others, like a token, stay as they came.

    A form that asks for the name alone gets nothing that it has no field for.
    """
    account = {"{user}": login.user, "{password}": password}
    given = {name: _PLACEHOLDER.sub(lambda found: account[found[0]], text) for name, text in login.fields.items()}
    usual = {"{user}": form.user_field, "{password}": form.password_field}
    written = "".join(login.fields.values())
    by_itself = {field: account[one] for one, field in usual.items() if field and account[one] and one not in written}
    if not form.password_field:
        given = {name: text for name, text in given.items() if name in dict(form.fields)}
    return {**dict(form.fields), **by_itself, **given}


_PLACEHOLDER = re.compile(r"\{user\}|\{password\}")
_SALT = 32  # characters of the salt at the beginning of a seal


def _seal(login: Login, password: str, salt: str) -> str:
    """Return a seal by which the same account, password and form are known again, and no password is found.

    scrypt (RFC 7914) with N = 2^14, r = 8, p = 1, behind its salt.
    """
    said = json.dumps([login.url, login.user, sorted(login.fields.items()), login.works, password])
    return salt + hashlib.scrypt(said.encode(), salt=salt.encode(), n=2**14, r=8, p=1).hex()


def _place(url: str) -> tuple[str, str]:
    return host_of(url), urlsplit(url).path.rstrip("/")
