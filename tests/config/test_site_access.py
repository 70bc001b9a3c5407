"""How an outlet is asked that is asked otherwise than all others: the keys, their mistakes, and their secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config import Login, SiteAccess, diff
from monitor.errors import SecretError
from tests.config.helpers import good, loaded

ENTRY = """
outlets:
  - {name: plain, feed: https://plain.test/rss}
  - name: agency
    feeds: [https://wire.test/rss, https://wire.test/more]
    page: https://www.wire.test/latest
    headers: {X-Client: abc, X-Code: s3cret}
    header_files: {X-Api-Key: key}
    user_agent: Mozilla/5.0 (X11)
    proxy: http://me@proxy.test:3128
    proxy_password_file: proxy
"""
LOGIN = "login: {url: 'https://a.test/in', password_file: key"
KEYS = {"x-client": "abc", "x-code": "s3cret", "x-api-key": "k3y"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the secrets."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "key").write_text("k3y\n")
    (folder / "proxy").write_text("p@ss")
    return folder


def _site(tmp_path: Path, data: Path, entry: str = ENTRY) -> SiteAccess:
    config = good(tmp_path, {"outlets.yaml": entry})
    assert list(config.sites) == ["agency"]
    return config.sites["agency"]


@pytest.mark.parametrize(
    ("url", "has_them"),
    [
        ("https://wire.test/2026/a", True),
        ("https://www.wire.test/a", True),
        ("https://WIRE.test:443/robots.txt", True),
        ("http://wire.test/a", False),
        ("https://wire.test:8443/a", False),
        ("https://wire.test.evil.test/a", False),
        ("https://plain.test/a", False),
        ("https://[wire.test/a", False),
    ],
)
def test_headers_go_to_the_hosts_of_its_feeds(tmp_path: Path, data: Path, url: str, has_them: bool) -> None:
    assert _site(tmp_path, data).headers_for(url) == (KEYS if has_them else {})


def test_secrets_are_read_at_each_use_and_shown_nowhere(tmp_path: Path, data: Path) -> None:
    site = _site(tmp_path, data)
    assert site.proxy_url() == "http://me:p%40ss@proxy.test:3128"
    (data / "key").write_text("other")
    assert site.headers_for("https://wire.test/a")["x-api-key"] == "other"
    assert "s3cret" not in repr(site)
    (data / "key").write_text("s3cret\nX-Evil: 1")
    with pytest.raises(SecretError) as caught:
        site.headers_for("https://wire.test/a")
    assert str(caught.value) == f"{data / 'key'} holds no value of the header x-api-key: one line of ASCII"
    (data / "key").unlink()
    with pytest.raises(SecretError, match="cannot be read"):
        site.headers_for("https://wire.test/a")


def test_an_account_is_read_and_its_password_at_each_use(tmp_path: Path, data: Path) -> None:
    fields = '{email: "{user}", secret: "{password}"}'
    keys = f"url: https://wire.test/in, user: ann, password_file: key, fields: {fields}, works: Log out"
    site = _site(tmp_path, data, f"outlets: [{{name: agency, feed: https://wire.test/rss, login: {{{keys}}}}}]")
    assert site.login == Login(
        "https://wire.test/in", "key", "ann", {"email": "{user}", "secret": "{password}"}, "Log out"
    )
    (data / "key").write_text("other\n")
    assert site.password(site.login) == "other"


def test_an_outlet_without_such_keys_is_asked_as_all(tmp_path: Path) -> None:
    assert good(tmp_path, {"outlets.yaml": "outlets: [https://a.test/rss]"}).sites == {}


def test_a_user_agent_alone_sends_no_headers(tmp_path: Path, data: Path) -> None:
    entry = "outlets: [{name: agency, feed: https://wire.test/rss, user_agent: reader/2}]"
    site = _site(tmp_path, data, entry)
    assert (site.user_agent, site.headers_for("https://wire.test/a"), site.proxy_url()) == ("reader/2", {}, None)


@pytest.mark.parametrize(
    ("entry", "place", "words"),
    [
        ("headers: {Host: a.test}", "2:42", "the header Host cannot be set (it is made of the address)"),
        ("headers: {content-length: 3}", "2:42", "the header content-length cannot be set (our requests have no body)"),
        ("headers: {Connection: close}", "2:42", "it belongs to the connection, which is ours"),
        ("headers: {User-Agent: x}", "2:42", "give user_agent: beside it"),
        ("headers: {If-None-Match: x}", "2:42", "we ask whether a feed has changed by ourselves"),
        ("headers: {'X Key': x}", "2:42", "expected the name of a header"),
        ('headers: {X-Key: "a\\nHost: b"}', "2:49", "expected a header's value"),
        ("headers: {X-Key: s3crét}", "2:49", "expected a header's value"),
        ("headers: {X-Key: [s3cret]}", "2:49", "expected text, found a list"),
        ("headers: 'X-Key: s3cret'", "2:41", "expected a mapping of names to values"),
        ("headers: [s3cret]", "2:41", "expected a mapping of names to values"),
        ("header_files: s3cret", "2:46", "expected a mapping of names to values"),
        ("headers: {'X-Key: s3cret': x}", "2:42", "expected the name of a header"),
        ("header_files: {Host: key}", "2:47", "the header Host cannot be set"),
        (
            "headers: {x-key: s3cret}, header_files: {X-Key: key}",
            "2:80",
            "the header X-Key stands in headers, too (give it once)",
        ),
        ("proxy_password_file: key", "2:53", "proxy_password_file without a proxy"),
        ("proxy: nowhere", "2:39", "is not the address of a proxy"),
        ("login: {password_file: key}", "2:39", "url"),
        ("login: {url: 'https://a.test/in'}", "2:39", "password_file"),
        ("login: {url: 'https://a.test/in', password_file: key, pass: s3cret}", "2:86", "unknown key"),
        (f"{LOGIN}, fields: {{id: {{user}}}}}}", "2:99", 'expected text, found a mapping (in quotes: "{user}")'),
        (f"{LOGIN}, fields: {{id: '{{name}}'}}}}", "2:99", "{name} stands for nothing"),
        (f"{LOGIN}, fields: {{id: '{{user}}'}}}}", "2:99", "{user} without a user (give the user beside url)"),
        ('user_agent: "a\\nb"', "2:44", "expected a header's value"),
    ],
)
def test_a_mistake_has_its_place_and_shows_no_secret(
    tmp_path: Path, data: Path, entry: str, place: str, words: str
) -> None:
    text = f"outlets:\n  - {{feed: https://a.test/rss, {entry}}}\n"
    found = loaded(tmp_path, {"outlets.yaml": text})
    (problem,) = found.errors
    assert str(problem).startswith(f"outlets.yaml:{place}: error"), str(problem)
    assert words in str(problem)
    assert "s3cr" not in str(problem)


def test_a_file_that_is_missing_is_a_warning_at_its_place(tmp_path: Path, data: Path) -> None:
    (data / "key").unlink()
    (data / "proxy").write_text("")
    found = loaded(tmp_path, {"outlets.yaml": ENTRY})
    assert [(problem.line, problem.message) for problem in found.problems] == [
        (8, "there is no file key"),
        (11, f"the file {data / 'proxy'} is empty"),
    ]


def test_what_polls_would_fail_at_is_a_warning(tmp_path: Path, data: Path) -> None:
    (data / "key").write_text("s3cret\nX-Evil: 1")
    found = loaded(tmp_path, {"outlets.yaml": ENTRY.replace("    proxy_password_file: proxy\n", "")})
    assert [(problem.line, problem.message) for problem in found.problems] == [
        (8, f"{data / 'key'} holds no value of the header X-Api-Key: one line of ASCII"),
        (10, "no password for the user of the proxy"),
    ]


@pytest.mark.parametrize("word", ["no", "none", "None", "off", "false"])
def test_an_outlet_may_be_asked_without_the_proxy_of_all(tmp_path: Path, word: str) -> None:
    entry = f"outlets: [{{name: agency, feed: https://wire.test/rss, proxy: {word}}}]"
    config = good(tmp_path, {"outlets.yaml": entry, "monitor.yaml": "proxy: http://proxy.test:3128\n"})
    assert (config.sites["agency"].proxy_url(), config.settings.proxy_url()) == ("", "http://proxy.test:3128")
    config = good(tmp_path, {"monitor.yaml": f"proxy: {word}\n"})
    assert config.settings.proxy_url() is None


def test_another_header_is_a_change_of_the_outlet(tmp_path: Path, data: Path) -> None:
    before = good(tmp_path, {"outlets.yaml": ENTRY})
    after = good(tmp_path, {"outlets.yaml": ENTRY.replace("abc", "abd")})
    assert str(diff(before, after)) == "outlets changed: agency"
