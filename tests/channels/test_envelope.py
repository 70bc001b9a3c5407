"""Who stands on the envelope, and when it is an international one (SMTPUTF8)."""

from __future__ import annotations

import pytest

from monitor.errors import SendError
from monitor.model import Receipt
from tests.channels.test_email import RAW, message, send
from tests.peers.smtp import Peer


async def test_an_international_local_part_needs_a_server_that_takes_it() -> None:
    with Peer() as peer:
        [error] = await send(peer, message("пётр@example.org"))
    assert isinstance(error, SendError)
    assert (error.permanent, error.account) == (True, False)
    assert "SMTPUTF8" in str(error)


async def test_an_international_local_part_is_sent_where_it_can_be() -> None:
    with Peer(extensions=("SMTPUTF8",)) as peer:
        assert await send(peer, message("пётр@example.org")) == [Receipt("250 2.0.0 taken")]
    assert peer.accepted[0].recipients == ("пётр@example.org",)


@pytest.mark.parametrize("extensions", [("8BITMIME",), ("SMTPUTF8",)])
async def test_an_international_header_makes_the_mail_international_where_the_server_takes_it(
    extensions: tuple[str, ...],
) -> None:
    raw = "From: <m@example.org>\r\nReply-To: <пётр@example.org>\r\n\r\nx\r\n".encode()
    with Peer(extensions=extensions) as peer:
        assert await send(peer, message(raw=raw)) == [Receipt("250 2.0.0 taken")]
    [line] = [line for line in peer.heard if line.startswith("MAIL")]
    assert ("SMTPUTF8" in line) == ("SMTPUTF8" in extensions)


async def test_bounces_go_where_the_settings_say() -> None:
    with Peer() as peer:
        await send(peer, bounces_to="bounces@straße.test")
    assert (peer.accepted[0].sender, peer.accepted[0].raw) == ("bounces@xn--strae-oqa.test", RAW)


@pytest.mark.parametrize(
    ("words", "account"),
    [
        ("5.2.2 mailbox is full", True),
        ("5.7.0 you may send no more", True),
        ("the quota of this account is exceeded", True),
        ("5.3.4 message size exceeds fixed limit", False),
        ("requested mail action aborted", False),
    ],
)
async def test_a_full_account_is_no_message_that_is_too_big(words: str, account: bool) -> None:
    with Peer(faults=["mail=552"], words={"mail": words}) as peer:
        [error] = await send(peer)
    assert isinstance(error, SendError)
    assert (error.permanent, error.account) == (not account, account)
