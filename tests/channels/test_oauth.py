"""XOAUTH2 against a token server and a mail server on loopback: what is fetched, kept, and said when it fails."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from monitor.channels import CHANNELS, folder_lock, oauth, probe
from monitor.channels.mail_options import MailOptions
from monitor.config.secrets import read_secret
from monitor.errors import SendError
from monitor.model import Message
from tests.peers.http import Outlet, Request, answer_bytes
from tests.peers.smtp import Peer

USER = "monitor@corp.test"
MESSAGE = Message("a@example.org", USER, "<1@corp.test>", "x", b"From: <monitor@corp.test>\r\n\r\nx\r\n")


class Server(Outlet):
    """A token server: each refresh gives the next access token, and with `rotates` a new refresh token."""

    rotates = False
    refresh = "refresh-0"
    given = 0
    answer: tuple[int, dict[str, object]] | None = None

    def open(self) -> None:
        async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
            status, body = self.answer or self.grant(parse_qs(request.body.decode()))
            writer.write(answer_bytes(status, json.dumps(body).encode(), {"Content-Type": "application/json"}))
            await writer.drain()
            return False

        self.routes["/token"] = serve

    def grant(self, form: dict[str, list[str]]) -> tuple[int, dict[str, object]]:
        if form.get("grant_type") != ["refresh_token"] or form.get("refresh_token") != [self.refresh]:
            return 400, {"error": "invalid_grant", "error_description": "AADSTS70008:\r\nThe token has expired."}
        self.given += 1
        self.refresh = f"refresh-{self.given}" if self.rotates else self.refresh
        body: dict[str, object] = {"access_token": f"access-{self.given}", "expires_in": 3600, "token_type": "Bearer"}
        return 200, body | ({"refresh_token": self.refresh} if self.rotates else {})


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with Server() as peer:
        peer.open()
        yield peer


@pytest.fixture
def peer() -> Iterator[Peer]:
    with Peer(users={USER: "access-1"}, mechanisms="LOGIN XOAUTH2") as server:
        yield server


@pytest.fixture
def token(tmp_path: Path) -> Path:
    file = tmp_path / "token"
    file.write_text("refresh-0\n")
    return file


def options(peer: Peer, server: Server, token: Path, **more: object) -> MailOptions:
    given = {"from": USER, "host": "localhost", "port": peer.port, "security": "none", "user": USER, "timeout": 5}
    xoauth2 = {"auth": "xoauth2", "client_id": "app-1", "token_file": token, "token_url": server.url("/token")}
    return MailOptions.model_validate({**given, **xoauth2, **more})


def write(file: Path, text: str | None) -> None:
    """The file with this text, or gone."""
    file.unlink() if text is None else file.write_text(text)


def read(file: Path) -> tuple[str, int]:
    """Text and mode."""
    return file.read_text(), file.stat().st_mode & 0o777


def secret(name: str) -> str:
    return read_secret(name, Path())


async def send(chosen: MailOptions) -> None:
    async with CHANNELS["email"].open(chosen, secret) as session:
        await session.send(MESSAGE)


async def test_a_token_is_fetched_shown_and_held_until_shortly_before_its_end(
    peer: Peer, server: Server, token: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = options(peer, server, token)
    for _ in range(2):
        await send(chosen)
    assert [one.user for one in peer.accepted] == [USER, USER]
    [asked] = server.requests
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(asked.body.decode()) == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["refresh-0"],
        "client_id": ["app-1"],
    }
    ahead = oauth.time.monotonic() + 3600 - oauth.RENEWAL_MARGIN
    monkeypatch.setattr(oauth.time, "monotonic", lambda: ahead)
    peer.users = {USER: "access-2"}
    await send(chosen)
    assert server.given == 2


async def test_a_new_refresh_token_takes_the_place_of_the_old_one(peer: Peer, server: Server, token: Path) -> None:
    server.rotates = True
    await send(options(peer, server, token))
    assert read(token) == ("refresh-1\n", 0o600)
    assert [path.name for path in token.parent.iterdir()] == ["token"]
    oauth.discard(options(peer, server, token))
    peer.users = {USER: "access-2"}
    await send(options(peer, server, token))
    assert read(token)[0] == "refresh-2\n"


def _full(*_: object, **__: object) -> object:
    raise OSError(28, "No space left on device")


async def test_a_new_refresh_token_that_cannot_be_kept_is_said_at_once(
    peer: Peer, server: Server, token: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.rotates = True
    monkeypatch.setattr("monitor.atomic_files.tempfile.mkstemp", _full)
    with pytest.raises(SendError, match=r"the new refresh token cannot be kept: .*No space left") as caught:
        await send(options(peer, server, token))
    assert caught.value.account
    assert read(token)[0] == "refresh-0\n"


async def test_a_refresh_token_that_could_not_be_kept_is_kept_once_that_can_be(
    peer: Peer, server: Server, token: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server takes each only once: lost, somebody would have to sign in again."""
    server.rotates = True
    chosen = options(peer, server, token)
    with monkeypatch.context() as patch:
        patch.setattr("monitor.atomic_files.tempfile.mkstemp", _full)
        for _ in range(2):
            with pytest.raises(SendError, match="cannot be kept"):
                await send(chosen)
    await send(chosen)
    assert (read(token)[0], server.given, len(peer.accepted)) == ("refresh-1\n", 1, 1)


async def test_what_the_operator_put_there_meanwhile_stays(
    peer: Peer, server: Server, token: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.rotates = True
    with monkeypatch.context() as patch:
        patch.setattr("monitor.atomic_files.tempfile.mkstemp", _full)
        with pytest.raises(SendError, match="cannot be kept"):
            await send(options(peer, server, token))
    write(token, "signed in anew\n")
    await send(options(peer, server, token))
    assert read(token)[0] == "signed in anew\n"


async def test_processes_that_refresh_at_once_take_turns(
    server: Server, peer: Peer, token: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A daemon and `monitor mail test`: the second would show a refresh token that is good no more."""
    waits, lock = asyncio.Event(), folder_lock.try_lock
    monkeypatch.setattr(folder_lock, "try_lock", lambda held: lock(held) or waits.set())
    other = os.open(token.parent, os.O_RDONLY)
    assert lock(other)
    asking = asyncio.create_task(oauth.access_token(options(peer, server, token), secret))
    await asyncio.wait_for(waits.wait(), 20)
    write(token, "refresh-of-another\n")
    server.refresh = "refresh-of-another"
    os.close(other)
    assert await asking == "access-1"


async def test_a_server_that_repeats_what_it_was_asked_with_tells_nobody(
    peer: Peer, server: Server, token: Path, tmp_path: Path
) -> None:
    (tmp_path / "app").write_text("app-s3cret")
    words = "the token refresh-0 or the secret app-s3cret is wrong"
    server.answer = (400, {"error": "invalid_request", "error_description": words})
    with pytest.raises(SendError, match="the token … or the secret … is wrong") as caught:
        await send(
            options(
                peer,
                server,
                token,
                client_secret_file=tmp_path / "app",
                token_url=server.url("/token").replace("//", "//me:pa55@"),
            )
        )
    assert "s3cret" not in str(caught.value)
    assert "pa55" not in str(caught.value)


async def test_a_token_that_the_mail_server_takes_no_more_is_replaced_once(
    peer: Peer, server: Server, token: Path
) -> None:
    chosen = options(peer, server, token)
    await send(chosen)
    peer.users = {USER: "access-2"}
    await send(chosen)
    assert (server.given, len(peer.accepted)) == (2, 2)
    peer.users = {USER: "another"}
    with pytest.raises(SendError, match="AUTH: 535") as caught:
        await send(chosen)
    assert caught.value.account
    assert server.given == 3


async def test_a_fresh_token_that_is_refused_is_not_tried_twice(peer: Peer, server: Server, token: Path) -> None:
    peer.users = {USER: "another"}
    with pytest.raises(SendError, match="AUTH: 535"):
        await send(options(peer, server, token))
    assert server.given == 1


async def test_an_account_that_must_sign_in_again_is_said_in_plain_words(
    peer: Peer, server: Server, token: Path
) -> None:
    write(token, "expired-s3cret\n")
    with pytest.raises(SendError, match="sign the account in again") as caught:
        await send(options(peer, server, token))
    assert (caught.value.account, caught.value.phase) == (True, "AUTH")
    assert "invalid_grant: AADSTS70008: The token has expired." in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert not any(line.startswith(("AUTH", "MAIL")) for line in peer.heard)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((401, {"error": "invalid_client"}), "client_id"),
        ((400, {"error": "unauthorized_client"}), "permissions"),
        ((400, {"error": "invalid_scope"}), "SMTP.Send"),
        ((503, {}), "status 503"),
        ((200, {}), "without an access token"),
        ((200, {"access_token": "a\x01b"}), "without an access token"),
        ((200, {"access_token": 1}), "without an access token"),
    ],
)
async def test_whatever_the_token_server_says_is_the_accounts_trouble(
    peer: Peer, server: Server, token: Path, answer: tuple[int, dict[str, object]], said: str
) -> None:
    server.answer = answer
    with pytest.raises(SendError, match=said) as caught:
        await send(options(peer, server, token))
    assert (caught.value.account, caught.value.phase) == (True, "AUTH")


async def test_a_token_server_that_is_not_there_is_the_accounts_trouble(peer: Peer, token: Path) -> None:
    async with Server() as gone:
        url = gone.url("/token")
    with pytest.raises(SendError, match="no access token could be fetched") as caught:
        await send(options(peer, gone, token, token_url=url))
    assert caught.value.account


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("{}", "no refresh_token"),
        ('{"refresh_token": " "}', "no refresh_token"),
        ("{", "no refresh_token"),
        (None, "cannot be read"),
    ],
)
async def test_a_token_file_that_holds_none_is_said(
    peer: Peer, server: Server, token: Path, text: str | None, said: str
) -> None:
    write(token, text)
    with pytest.raises(SendError, match=said) as caught:
        await send(options(peer, server, token))
    assert caught.value.account
    assert server.requests == []


async def test_the_answer_of_a_sign_in_will_do_as_token_file(peer: Peer, server: Server, token: Path) -> None:
    write(token, json.dumps({"access_token": "old", "refresh_token": "refresh-0"}))
    await send(options(peer, server, token))
    assert len(peer.accepted) == 1


async def test_an_application_with_a_secret_states_it(peer: Peer, server: Server, token: Path, tmp_path: Path) -> None:
    (tmp_path / "app").write_text("\ufeffapp secret\n")
    await send(options(peer, server, token, client_secret_file=tmp_path / "app"))
    assert parse_qs(server.requests[0].body.decode())["client_secret"] == ["app secret"]


async def test_a_server_without_xoauth2_is_not_shown_the_token(peer: Peer, server: Server, token: Path) -> None:
    peer.mechanisms = "PLAIN LOGIN"
    with pytest.raises(SendError, match=r"does not offer XOAUTH2, but (PLAIN LOGIN|LOGIN PLAIN)"):
        await send(options(peer, server, token))
    assert server.requests == []


async def test_a_probe_tells_how_the_login_went(peer: Peer, server: Server, token: Path) -> None:
    phases = await probe(options(peer, server, token), MESSAGE, secret)
    assert ("AUTH", "235 welcome", True) in [(phase.name, phase.answer, phase.ok) for phase in phases]
    assert "access-1" not in str(phases)
