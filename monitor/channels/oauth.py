"""Access tokens for XOAUTH2: a refresh token in a file in, a token that is good for an hour out (RFC 6749, 6)."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.atomic_files import replace_file
from monitor.channels.channel import Secrets
from monitor.channels.mail_options import MailOptions
from monitor.channels.turn import turn
from monitor.errors import FetchError, MonitorError, SecretError, SendError
from monitor.model import Page
from monitor.text import without_credentials

SHORTLY = 300.0  # seconds before its end in which a token is no longer begun with
LIFETIME = 3600.0  # of a token whose server does not say
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Access:
    """A token and until when it is used, by the machine's steady clock."""

    token: str
    until: float


Account = tuple[str, str, str]

# Sessions last one round of sending and tokens an hour, so they are held here, one for each account.
_held: dict[Account, Access] = {}
# Refresh tokens that could not be written yet, each with the one that it takes the place of.
_unkept: dict[Account, tuple[str, str]] = {}


def is_held(options: MailOptions) -> bool:
    """Whether a token of this account is at hand, so that the server has not seen it made."""
    held = _held.get(_key(options))
    return held is not None and time.monotonic() < held.until


def forget(options: MailOptions) -> None:
    """Fetch a new token next time: the server does not take this one."""
    _held.pop(_key(options), None)


async def access_token(options: MailOptions, secrets: Secrets) -> str:
    """The token to log in with; a SendError (the account's) says what the operator must do where there is none."""
    key = _key(options)
    if not is_held(options) or key in _unkept:
        # A server that renews refresh tokens takes each of them once, and `monitor mail test` may run beside us.
        async with turn(Path(str(options.token_file)).parent):
            await _keep(options, secrets)
            if not is_held(options):
                await _fetch(options, secrets)
    return _held[key].token


def _key(options: MailOptions) -> Account:
    return options.token_server, options.user, str(options.token_file)


async def _fetch(options: MailOptions, secrets: Secrets) -> None:
    refresh = _refresh_token(options, secrets)
    answer = await _asked(options, _form(options, secrets, refresh))
    token, renewed = answer.get("access_token"), answer.get("refresh_token")
    if not (isinstance(token, str) and token.isascii() and token.isprintable()):
        raise _trouble(f"{without_credentials(options.token_server)} answered without an access token")
    _held[_key(options)] = Access(token, time.monotonic() + _lifetime(answer.get("expires_in")))
    if isinstance(renewed, str) and renewed not in ("", refresh):
        _unkept[_key(options)] = refresh, renewed
        await _keep(options, secrets)


def _refresh_token(options: MailOptions, secrets: Secrets) -> str:
    """The token in the file; the whole answer of a sign-in, in JSON, will do too."""
    try:
        text = secrets(str(options.token_file))
        if not text.lstrip().startswith("{"):
            return text.strip()
        if not isinstance(token := json.loads(text)["refresh_token"], str) or not token.strip():
            raise ValueError
        return token.strip()
    except (OSError, LookupError, ValueError) as error:
        reason = str(error) if isinstance(error, SecretError | OSError) else "it holds no refresh_token"
        raise _trouble(f"the refresh token in {options.token_file} cannot be read: {reason}") from None


def _form(options: MailOptions, secrets: Secrets, refresh: str) -> dict[str, str]:
    form = {"grant_type": "refresh_token", "refresh_token": refresh, "client_id": options.client_id}
    if options.scope:
        form["scope"] = options.scope
    if options.client_secret_file:
        try:
            form["client_secret"] = secrets(str(options.client_secret_file))
        except (OSError, LookupError, ValueError) as error:
            raise _trouble(f"the application's secret cannot be read: {error}") from None
    return form


async def _asked(options: MailOptions, form: dict[str, str]) -> dict[str, Any]:
    from monitor.net import ANYWHERE, Client, Gate

    client = Client(Gate(ANYWHERE), user_agent="monitor")
    try:
        page = await client.post_form(options.token_server, form)
    except FetchError as error:
        server = without_credentials(options.token_server)
        raise _trouble(f"no access token could be fetched from {server}: {error}") from error
    finally:
        await client.close()
    answer = _json(page)
    if page.status != 200:
        raise _trouble(_without(form, _refusal(options, page.status, answer)))
    return answer


def _json(page: Page) -> dict[str, Any]:
    try:
        found = json.loads(page.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _refusal(options: MailOptions, status: int, answer: dict[str, Any]) -> str:
    """What a refusal means for the operator (RFC 6749, section 5.2), with the server's own words."""
    code = str(answer.get("error", f"status {status}"))[:100]
    words = " ".join(str(answer.get("error_description", "")).split())[:200]
    meaning = {
        "invalid_grant": f"the refresh token in {options.token_file} is good no more: "
        "sign the account in again and put the new one there",
        "invalid_client": "the application is not known, or its secret is wrong (client_id, client_secret_file)",
        "unauthorized_client": "the application may not do this: look at its permissions",
        "invalid_scope": "the account never agreed to sending mail (SMTP.Send): sign it in again",
    }.get(code, f"{without_credentials(options.token_server)} gives no access token")
    return f"{meaning} ({code}{': ' if words else ''}{words})"


def _without(form: Mapping[str, str], text: str) -> str:
    """A server's words without our secrets: some repeat what they were asked with."""
    for name in ("refresh_token", "client_secret"):
        if form.get(name):
            text = text.replace(form[name], "…")
    return text


async def _keep(options: MailOptions, secrets: Secrets) -> None:
    """Write the refresh token that the server gave anew: without it the account would have to be signed in again.

    As long as that cannot be done it is held, and tried again before anything else; what the operator put into the
    file meanwhile is newer and stays.
    """
    if (pending := _unkept.get(_key(options))) is None:
        return
    old, renewed = pending
    assert options.token_file is not None  # noqa: S101  settings without one are refused; for the type checker
    if _refresh_token(options, secrets) == old:
        try:
            await asyncio.to_thread(replace_file, options.token_file, renewed + "\n", OWNER_ONLY)
        except MonitorError as error:
            raise _trouble(f"the new refresh token cannot be kept: {error}") from error
    del _unkept[_key(options)]


def _lifetime(stated: object) -> float:
    try:
        lifetime = float(stated) if isinstance(stated, int | float | str) else LIFETIME
    except (ValueError, OverflowError):
        lifetime = LIFETIME
    return lifetime - min(SHORTLY, lifetime / 10)


def _trouble(detail: str) -> SendError:
    return SendError(detail, account=True, phase="AUTH")
