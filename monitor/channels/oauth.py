"""Fetch access tokens for XOAUTH2 with the refresh token in a file (RFC 6749, section 6), and cache them."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.atomic_files import replace_file
from monitor.channels.channel import Secrets
from monitor.channels.folder_lock import folder_lock
from monitor.channels.mail_options import MailOptions
from monitor.errors import FetchError, MonitorError, SecretError, SendError
from monitor.text import without_credentials

RENEWAL_MARGIN = 300.0  # seconds before its expiry from which on a token is not used
DEFAULT_LIFETIME = 3600.0  # seconds, of a token whose server states none
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class AccessToken:
    """An access token and the time until which it is used, by the monotonic clock."""

    token: str
    until: float


Account = tuple[str, str, str]
"""Token server, user and token file."""

# A session lasts one round of sending and a token an hour, so tokens are cached here, one for each account.
_cached: dict[Account, AccessToken] = {}
# For each account a refresh token that could not be written yet: the one in the file that it replaces, and itself.
_unwritten: dict[Account, tuple[str, str]] = {}


def is_cached(options: MailOptions) -> bool:
    """Tell whether a usable token of this account is cached, which the server may have revoked since."""
    cached = _cached.get(_key(options))
    return cached is not None and time.monotonic() < cached.until


def discard(options: MailOptions) -> None:
    """Remove a cached token that the mail server refused, so that a new one is fetched next time."""
    _cached.pop(_key(options), None)


async def access_token(options: MailOptions, secrets: Secrets) -> str:
    """Return a token to log in with. Raises a SendError of the account that says what the operator must do."""
    key = _key(options)
    if not is_cached(options) or key in _unwritten:
        # A server that renews refresh tokens accepts each of them once, and `monitor mail test` may run beside us.
        async with folder_lock(Path(str(options.token_file)).parent):
            await _write_renewed(options, secrets)
            if not is_cached(options):
                await _fetch(options, secrets)
    return _cached[key].token


def _key(options: MailOptions) -> Account:
    return options.token_server, options.user, str(options.token_file)


async def _fetch(options: MailOptions, secrets: Secrets) -> None:
    refresh = _refresh_token(options, secrets)
    answer = await _request(options, _form(options, secrets, refresh))
    token, renewed = answer.get("access_token"), answer.get("refresh_token")
    if not (isinstance(token, str) and token.isascii() and token.isprintable()):
        raise _account_error(f"{without_credentials(options.token_server)} answered without an access token")
    _cached[_key(options)] = AccessToken(token, time.monotonic() + _usable_seconds(answer.get("expires_in")))
    if isinstance(renewed, str) and renewed not in ("", refresh):
        _unwritten[_key(options)] = refresh, renewed
        await _write_renewed(options, secrets)


def _refresh_token(options: MailOptions, secrets: Secrets) -> str:
    """Read the refresh token in the file, which may hold the whole JSON answer of a sign-in instead."""
    try:
        text = secrets(str(options.token_file))
        if not text.lstrip().startswith("{"):
            return text.strip()
        if not isinstance(token := json.loads(text)["refresh_token"], str) or not token.strip():
            raise ValueError
        return token.strip()
    except (OSError, LookupError, ValueError) as error:
        reason = str(error) if isinstance(error, SecretError | OSError) else "it holds no refresh_token"
        raise _account_error(f"the refresh token in {options.token_file} cannot be read: {reason}") from None


def _form(options: MailOptions, secrets: Secrets, refresh: str) -> dict[str, str]:
    form = {"grant_type": "refresh_token", "refresh_token": refresh, "client_id": options.client_id}
    if options.scope:
        form["scope"] = options.scope
    if options.client_secret_file:
        try:
            form["client_secret"] = secrets(str(options.client_secret_file))
        except (OSError, LookupError, ValueError) as error:
            raise _account_error(f"the application's secret cannot be read: {error}") from None
    return form


async def _request(options: MailOptions, form: dict[str, str]) -> dict[str, Any]:
    from monitor.net import ANYWHERE, Client, Gate

    client = Client(Gate(ANYWHERE), user_agent="monitor")
    try:
        page = await client.post_form(options.token_server, form)
    except FetchError as error:
        server = without_credentials(options.token_server)
        raise _account_error(f"no access token could be fetched from {server}: {error}") from error
    finally:
        await client.close()
    try:
        found = json.loads(page.body)
    except (ValueError, RecursionError):
        found = None
    answer: dict[str, Any] = found if isinstance(found, dict) else {}
    # A token comes with this status only (RFC 6749, 5.1).
    if page.status != 200:
        refusal = _refusal(options, page.status, answer)
        # Some servers repeat what they were sent.
        for secret in filter(None, (form["refresh_token"], form.get("client_secret"))):
            refusal = refusal.replace(secret, "…")
        raise _account_error(refusal)
    return answer


def _refusal(options: MailOptions, status: int, answer: dict[str, Any]) -> str:
    """Explain a refusal to the operator by its error code (RFC 6749, section 5.2), and quote the server."""
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


async def _write_renewed(options: MailOptions, secrets: Secrets) -> None:
    """Write the refresh token that the server renewed: without it the account would have to be signed in again.

    If that fails it stays in `_unwritten`, and is tried again before anything else. A token that the operator put into
    the file meanwhile is newer and stays.
    """
    if (pending := _unwritten.get(_key(options))) is None:
        return
    old, renewed = pending
    assert options.token_file is not None  # noqa: S101  settings without one are refused; for the type checker
    if _refresh_token(options, secrets) == old:
        try:
            await asyncio.to_thread(replace_file, options.token_file, renewed + "\n", OWNER_ONLY)
        except MonitorError as error:
            raise _account_error(f"the new refresh token cannot be kept: {error}") from error
    del _unwritten[_key(options)]


def _usable_seconds(expires_in: object) -> float:
    try:
        lifetime = float(expires_in) if isinstance(expires_in, int | float | str) else DEFAULT_LIFETIME
    except (ValueError, OverflowError):
        lifetime = DEFAULT_LIFETIME
    # A token that lives for five minutes would otherwise never be used.
    return lifetime - min(RENEWAL_MARGIN, lifetime / 10)


def _account_error(detail: str) -> SendError:
    return SendError(detail, account=True, phase="AUTH")
