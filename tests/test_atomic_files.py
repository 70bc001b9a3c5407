"""A file is there whole, in its old words or its new ones."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from monitor.atomic_files import replace_file, replace_files, replace_unchanged
from monitor.errors import MonitorError


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o7777


def test_a_new_file_is_for_everybody_to_read_and_its_folder_is_made(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "rules.yaml"
    replace_file(file, "één\r\n")
    assert file.read_bytes() == "één\r\n".encode()
    assert mode(file) == 0o644
    assert [path.name for path in file.parent.iterdir()] == ["rules.yaml"]


def test_the_mode_stays_or_is_as_asked(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    replace_file(file, "one", 0o600)
    assert mode(file) == 0o600
    replace_file(file, "two")
    assert (mode(file), file.read_text()) == (0o600, "two")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    real.write_text("old")
    link.symlink_to(real)
    replace_file(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(MonitorError, match=r"folder cannot be written: .*; nothing was changed"):
        replace_file(folder, "text")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_of_several_files_all_are_written_or_none(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    bad = old / "bad"
    old.write_text("before")
    with pytest.raises(MonitorError, match="bad cannot be written"):
        replace_files({old: "after", new: "after", bad: "after"}, {})
    assert old.read_text() == "before"
    assert not new.exists()
    replace_files({old: "after", new: "after"}, {new: 0o600})
    assert (old.read_text(), new.read_text(), mode(new)) == ("after", "after", 0o600)


def test_a_folder_among_several_files_leaves_all_as_they_were(tmp_path: Path) -> None:
    old, folder = tmp_path / "old", tmp_path / "folder"
    old.write_text("before")
    folder.mkdir()
    with pytest.raises(MonitorError, match=r"folder cannot be read: Is a directory; nothing was changed"):
        replace_files({old: "after", folder: "text"}, {})
    assert old.read_text() == "before"


def test_a_file_that_changed_since_it_was_read_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "names.yaml"
    replace_unchanged(file, "", "first")
    with pytest.raises(MonitorError, match=r"has changed since it was read; nothing was written: run"):
        replace_unchanged(file, "", "second")
    assert file.read_text() == "first"


def test_writers_at_the_same_time_lose_no_change(tmp_path: Path) -> None:
    file = tmp_path / "names.yaml"
    file.write_text("")

    def append(word: str) -> None:
        while True:
            before = file.read_text()
            try:
                return replace_unchanged(file, before, f"{before}{word}\n")
            except MonitorError:
                continue

    words = [f"word{number}" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(append, words))
    assert sorted(file.read_text().split()) == sorted(words)
