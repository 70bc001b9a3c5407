"""An outlet that repeats what we told it in secret, as pages of errors do, is not repeated by us."""

from __future__ import annotations

import base64

import httpx
import pytest

from monitor.net import Client
from monitor.net.echoes import secrets_of, without_echoes
from tests.peers.http import Outlet

PAIR = base64.b64encode(b"ann:pa55w0rdX").decode()


@pytest.mark.parametrize(
    ("url", "headers", "found"),
    [
        ("https://ann:pa55w0rdX@news.test/rss", {}, {"pa55w0rdX", PAIR}),
        ("https://news.test/rss", {"x-api-key": "k3yOfAgency", "authorization": "Bearer t0kenOfAgency"}, None),
        (
            "https://news.test/rss?n=1",
            {"referer": "https://news.test/2026", "accept-language": "de;q=0.8"},
            set(),
        ),
        ("https://ann:harbour@news.test/rss", {"x-api-key": "subscription", "x-token": "k3y"}, set()),
    ],
)
def test_only_what_is_no_word_of_a_text_is_a_secret_to_look_for(
    url: str, headers: dict[str, str], found: set[str] | None
) -> None:
    secrets = {one.decode() for one in secrets_of(httpx.URL(url), headers)}
    assert {one for one in secrets if one != base64.b64encode(b"ann:harbour").decode()} == (
        {"k3yOfAgency", "t0kenOfAgency"} if found is None else found
    )


def test_a_secret_within_another_is_blanked_with_it() -> None:
    secrets = secrets_of(httpx.URL("https://x.test/"), {"x-api-key": "k3yOfAgency", "x-auth": "k3yOfAgency-2"})
    assert without_echoes(b"Bad key k3yOfAgency-2, k3yOfAgency!", secrets) == b"Bad key ..., ...!"
    assert without_echoes(b"Bad key", ()) == b"Bad key"


async def test_the_answer_to_a_request_with_secrets_does_not_show_them(outlet: Outlet, client: Client) -> None:
    outlet.page("/rss", f"<title>Bad key k3yOfAgency of ann:pa55w0rdX, {PAIR}</title>".encode())
    other = client.variant(user_agent="", proxy=None, personal=lambda _: {"x-api-key": "k3yOfAgency"})
    page = await other.get(outlet.url("/rss").replace("://", "://ann:pa55w0rdX@"))
    assert outlet.requests[0].headers["x-api-key"] == "k3yOfAgency"
    assert page.body == b"<title>Bad key ... of ann:..., ...</title>"
    await other.close()
    assert b"k3yOfAgency" in (await client.get(outlet.url("/rss"))).body, "it is no secret of this request"
