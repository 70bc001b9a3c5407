"""Secrets as editors, shells and Windows leave them: what they add is taken off, what is no secret is said."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from monitor.config.secrets import read_secret, secret_variable
from monitor.errors import SecretError
from tests.config.helpers import good, loaded


@pytest.mark.parametrize(
    "raw",
    [
        b"s e c r e t",
        b"s e c r e t\n",
        b"s e c r e t\r\n\r\n",
        codecs.BOM_UTF8 + b"s e c r e t\n",
        b"\r\n" + codecs.BOM_UTF8 + b"s e c r e t",
        "\ufeffs e c r e t\r\n".encode("utf-16-le"),
        "\ufeffs e c r e t\r\n".encode("utf-16-be"),
    ],
)
def test_what_editors_and_shells_add_is_taken_off(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "secret").write_bytes(raw)
    assert read_secret("secret", tmp_path) == "s e c r e t"


@pytest.mark.parametrize("text", ["secret\n", "\ufeffsecret", "\ufeffsecret\r\n", "secret"])
def test_a_variable_is_read_as_a_file_is(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", text)
    assert read_secret("MONITOR_SMTP_PASSWORD", Path()) == secret_variable("MONITOR_SMTP_PASSWORD") == "secret"


def test_spaces_are_part_of_a_secret(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(" s \n", encoding="utf-8")
    assert read_secret("secret", tmp_path) == " s "


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b" \t\r\n", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        (codecs.BOM_UTF16_LE, "is empty"),
        ("geheim\n".encode("utf-16-le"), "zero bytes"),
        ("geheim-ß".encode("latin-1"), "is not text in UTF-8"),
        (codecs.BOM_UTF16_LE + b"x", "is not text in UTF-8"),
    ],
)
def test_a_file_without_a_secret_is_said(tmp_path: Path, raw: bytes, said: str) -> None:
    (tmp_path / "secret").write_bytes(raw)
    with pytest.raises(SecretError, match=said) as caught:
        read_secret("secret", tmp_path)
    assert "geheim" not in str(caught.value)


def test_what_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MONITOR_SMTP_PASSWORD", raising=False)
    with pytest.raises(SecretError, match="MONITOR_SMTP_PASSWORD is not set"):
        read_secret("MONITOR_SMTP_PASSWORD", tmp_path)
    with pytest.raises(SecretError, match="nowhere cannot be read: No such file"):
        read_secret("nowhere", tmp_path)
    with pytest.raises(SecretError, match="cannot be read: Is a directory"):
        read_secret(".", tmp_path)


@pytest.mark.parametrize("text", [" ", "\n", "\ufeff"])
def test_a_variable_that_holds_nothing_is_said(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("MONITOR_PROXY_PASSWORD", text)
    with pytest.raises(SecretError, match="MONITOR_PROXY_PASSWORD is empty"):
        secret_variable("MONITOR_PROXY_PASSWORD")


def test_a_variable_that_is_left_empty_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_PROXY_PASSWORD", "")
    assert secret_variable("MONITOR_PROXY_PASSWORD") == ""


def test_every_password_is_read_that_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "database: postgresql://m@db/m\nproxy: http://me@proxy.test:3128\n"
    for name in ("MONITOR_DATABASE_PASSWORD", "MONITOR_PROXY_PASSWORD"):
        monkeypatch.setenv(name, "\ufeffsecret\n")
    settings = good(tmp_path, {"monitor.yaml": text}).settings
    assert settings.database_url() == "postgresql://m:secret@db/m"
    assert settings.proxy_url() == "http://me:secret@proxy.test:3128"


def test_check_warns_of_an_empty_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "empty").write_bytes(codecs.BOM_UTF8)
    mail = "mail: {from: n@m.test, host: mail.m.test, user: n"
    [problem] = loaded(tmp_path, {"monitor.yaml": mail + ", password_file: empty}\n"}).problems
    assert (problem.severity, problem.column) == ("warning", 67)
    assert problem.message.endswith("is empty")
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", "\n")
    [problem] = loaded(tmp_path, {"monitor.yaml": mail + "}\n"}).problems
    assert problem.message == "MONITOR_SMTP_PASSWORD is empty"
