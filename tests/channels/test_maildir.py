"""The Maildir: whole files only, the same message once."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest
from pydantic import ValidationError

from monitor.channels import CHANNELS
from monitor.channels.maildir import MaildirOptions, file_name
from monitor.errors import SendError
from monitor.model import Message

RAW = b"Date: Mon, 23 Nov 2026 11:05:00 +0000\r\nSubject: x\r\n\r\n.\r\nbody\r\n"


def message(number: int = 1, raw: bytes = RAW) -> Message:
    return Message("a@example.org", "monitor@example.org", f"<{number}@example.org>", "x", raw)


async def keep(path: Path, *messages: Message) -> list[str]:
    async with CHANNELS["maildir"].open(MaildirOptions(path=path), lambda name: "") as session:
        return [(await session.send(one)).answer for one in messages]


def files(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*") if file.is_file())


async def test_a_message_is_kept_byte_for_byte_where_mail_programs_look(tmp_path: Path) -> None:
    [answer] = await keep(tmp_path, message())
    [file] = files(tmp_path)
    assert file.parent == tmp_path / "new"
    assert file.read_bytes() == RAW
    assert str(file) in answer
    assert [mail["Subject"] for mail in mailbox.Maildir(tmp_path)] == ["x"]


async def test_the_same_message_again_is_recognised(tmp_path: Path) -> None:
    await keep(tmp_path, message())
    [answer] = await keep(tmp_path, message())
    assert answer.startswith("already kept")
    assert len(files(tmp_path)) == 1


async def test_a_message_that_was_read_meanwhile_is_recognised(tmp_path: Path) -> None:
    await keep(tmp_path, message())
    [file] = files(tmp_path)
    file.rename(tmp_path / "cur" / f"{file.name}:2,S")
    await keep(tmp_path, message())
    assert len(files(tmp_path)) == 1


async def test_a_crash_before_the_rename_is_made_good(tmp_path: Path) -> None:
    await keep(tmp_path)
    (tmp_path / "tmp" / file_name(message())).write_bytes(RAW[:10])
    await keep(tmp_path, message())
    assert [file.read_bytes() for file in files(tmp_path)] == [RAW]


async def test_other_messages_are_other_files(tmp_path: Path) -> None:
    await keep(tmp_path, message(1), message(2), message(1, RAW + b"more\r\n"))
    assert len(files(tmp_path)) == 3


async def test_files_sort_by_the_date_of_the_mail() -> None:
    later = RAW.replace(b"11:05", b"11:06")
    assert file_name(message(9)) < file_name(message(1, later))


@pytest.mark.parametrize("head", [b"", b"Date: nonsense\r\n", b"Date: Mon, 99 Nov 2026 11:05:00 +0000\r\n"])
async def test_a_mail_without_a_proper_date_is_kept(tmp_path: Path, head: bytes) -> None:
    await keep(tmp_path, message(1, head + b"Subject: x\r\n\r\nbody\r\n"))
    assert len(files(tmp_path)) == 1


async def test_the_folders_are_the_owners_alone(tmp_path: Path) -> None:
    await keep(tmp_path / "deep" / "mail")
    assert {(tmp_path / "deep" / "mail" / name).stat().st_mode & 0o077 for name in ("tmp", "new", "cur")} == {0}


async def test_a_disk_that_cannot_be_written_is_our_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SendError) as caught:
        await keep(tmp_path / "file", message())
    assert caught.value.account


async def test_a_folder_that_vanishes_is_our_trouble(tmp_path: Path) -> None:
    async with CHANNELS["maildir"].open(MaildirOptions(path=tmp_path), lambda name: "") as session:
        (tmp_path / "tmp").rmdir()
        with pytest.raises(SendError) as caught:
            await session.send(message())
    assert caught.value.account
    assert files(tmp_path) == []


def test_unknown_settings_are_refused() -> None:
    with pytest.raises(ValidationError):
        MaildirOptions.model_validate({"path": "mail", "colour": "red"})
