"""What a log, a mail or a terminal may show of an address: never a password, a token or a key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text import names_secret, without_credentials

SECRET = "s3cr3t-9f2c"
NAMES = (
    *("token", "access_token", "auth_token", "private-token", "feed_token", "X-Amz-Security-Token", "tokenId", "TOKEN"),
    *("key", "api_key", "apikey", "apiKey", "api-key", "rsskey", "subscription-key", "x_key", "access.key"),
    *("hash", "sig", "signature", "X-Amz-Signature", "sign", "hmac", "jwt", "Bearer"),
    *("password", "passwd", "os_password", "pass", "pwd", "secret", "client_secret", "credentials"),
    *("auth", "auth_user", "authorization", "x-auth", "sid", "session_id", "PHPSESSID", "sessionid"),
)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "auth_user"])
def test_values_of_such_names_are_hidden(name: str) -> None:
    shown = without_credentials(f"news: 404 (https://a.test/rss?x=1&{name}={SECRET}&y=2#top)")
    assert shown == f"news: 404 (https://a.test/rss?x=1&{name}=…&y=2#top)"
    assert names_secret(name)


@pytest.mark.parametrize("name", ["X-Client", "Accept-Language", "Referer", "keyword", "author"])
def test_other_names_are_of_no_secret(name: str) -> None:
    assert not names_secret(name)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"https://ann:{SECRET}@a.test/rss", "https://…@a.test/rss"),
        (f"http://{SECRET}@a.test:8080/?token={SECRET}", "http://…@a.test:8080/?token=…"),
        (f"feed?key={SECRET}", "feed?key=…"),
        (f"https://a.test/rss;jsessionid={SECRET}?a=b", "https://a.test/rss;jsessionid=…"),
        (f"https://a.test/#access_token={SECRET}", "https://a.test/#access_token=…"),
        (f"https://a.test/?a=b&amp;token={SECRET}&amp;c=d", "https://a.test/?a=b&amp;token=…&amp;c=d"),
        (
            f"https://a.test/?u=https%3A%2F%2Fb.test%2F%3Ftoken%3D{SECRET}%26c%3Dd",
            "https://a.test/?u=https%3A%2F%2Fb.test%2F%3Ftoken%3D…%26c%3Dd",
        ),
        (
            "https://reddit.test/.rss?feed=0123456789abcdef0123456789abcdef&user=ann",
            "https://reddit.test/.rss?feed=…&user=ann",
        ),
        ("https://a.test/rss?u=0f8fad5b-d9cb-469f-a165-70867728950e&p=1", "https://a.test/rss?u=…&p=1"),
        (
            f"two: https://a.test/?key={SECRET}, http://b.test/?pass={SECRET}",
            "two: https://a.test/?key=… http://b.test/?pass=…",
        ),
    ],
)
def test_wherever_they_stand(text: str, shown: str) -> None:
    assert without_credentials(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "https://a.test/rss?feed=rss2&keyword=oil&keywords=gas&author=ann&authors=bob&page=2",
        "https://a.test/?monkey=1&design=2&passage=3&q=token&compass=4&side=5&assign=6",
        "https://a.test/@ann/feed?x=a@b.test",
        "mail to ann@a.test: the key = 5; auth=no, token=x",
        "",
    ],
)
def test_what_is_no_credential_stays(text: str) -> None:
    assert without_credentials(text) == text


@given(st.text())
def test_hiding_twice_hides_no_more(text: str) -> None:
    assert without_credentials(without_credentials(text)) == without_credentials(text)
