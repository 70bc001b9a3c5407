"""What is wrong only when all files are seen, or wrong in none: keys that do nothing yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.helpers import loaded


def test_keys_that_do_nothing_yet_are_taken_with_a_warning(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"monitor.yaml": "timezone: UTC\nweb: {listen: 127.0.0.1:8080}\n"})
    assert found.config
    said = [(one.file, one.line, one.severity, one.message) for one in found.problems if "does nothing" in one.message]
    assert said == [("monitor.yaml", 2, "warning", "“web” does nothing yet: there are no pages")]


def test_a_login_that_is_open_to_others_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIRE_PASSWORD", "hunter2")
    login = "{url: 'http://wire.test/in', password_file: WIRE_PASSWORD, fields: {passwd: hunter2, x: '{password}'}}"
    found = loaded(tmp_path, {"outlets.yaml": f"outlets:\n  - {{feed: https://wire.test/rss, login: {login}}}\n"})
    assert [(one.severity, one.message) for one in found.problems] == [
        ("warning", "the password goes there unencrypted"),
        ("warning", "the field passwd may hold a secret"),
    ]


def test_a_secret_in_a_file_is_a_warning_that_does_not_show_it(tmp_path: Path) -> None:
    entry = """
        outlets:
          - name: wire
            feed: https://wire.test/rss
            headers: {X-Client: abc, Authorization: Bearer hunter2, cookie: hunter2, X-Api-Key: hunter2}
            proxy: http://me:hunter2@proxy.test:3128
          - {name: plain, feed: https://plain.test/rss, proxy: "http://me@proxy.test:3128"}
        """
    found = loaded(tmp_path, {"monitor.yaml": "proxy: http://me:hunter2@proxy.test\n", "outlets.yaml": entry})
    assert found.config
    said = [(one.file, one.line, one.severity, one.message, one.hint) for one in found.problems]
    in_file = "put it in a file: proxy_password_file"
    headers = [
        (5, f"the header {name} may hold a secret", f"put its value in a file: header_files: {{{name}: ...}}")
        for name in ("Authorization", "cookie", "X-Api-Key")
    ]
    assert said == [
        ("monitor.yaml", 1, "warning", "a password in the proxy's address", in_file),
        *(("outlets.yaml", line, "warning", message, hint) for line, message, hint in headers),
        ("outlets.yaml", 6, "warning", "a password in the proxy's address", in_file),
        ("outlets.yaml", 7, "warning", "no password for the user of the proxy", "give proxy_password_file"),
    ]


@pytest.mark.parametrize("password", ["", "hunter2"])
def test_the_password_of_a_proxy_may_be_a_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    if password:
        monkeypatch.setenv("MONITOR_PROXY_PASSWORD", password)
    said = [one.hint for one in loaded(tmp_path, {"monitor.yaml": "proxy: http://me@proxy.test\n"}).problems]
    assert said == ([] if password else ["give proxy_password_file or set MONITOR_PROXY_PASSWORD"])


def test_a_private_host_that_is_no_address_is_a_warning(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"monitor.yaml": "private_hosts_allowed: [10.0.0.7, 300.1.1.1]\n"})
    (warning,) = [one for one in found.problems if "300" in one.message]
    assert str(warning).startswith("monitor.yaml:1:35: warning: “300.1.1.1” is no address, and allows nothing")
