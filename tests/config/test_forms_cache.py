"""Forms found once are found again on disk, and never stand in the way when the disk is wrong."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from monitor.config import form_lookup, forms_cache
from monitor.config.form_lookup import FormLookup
from monitor.config.forms_cache import FILE_NAME, FOLDER_VARIABLE, FormsCache
from monitor.model import Form, NameEntry

FORMS = (Form("Песков"), Form("Пескова", "ru", "ru case", 0.9, capital=True))


@pytest.fixture(autouse=True)
def no_named_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words and names that the language data was asked for; what it answers is beside the point here."""
    asked: list[str] = []

    def find(text: str, *_: object) -> tuple[Form, ...]:
        asked.append(text)
        return FORMS

    monkeypatch.setattr(form_lookup, "expand_word", find)
    monkeypatch.setattr(form_lookup, "expand_name", find)
    return asked


def test_what_one_run_found_the_next_one_reads(tmp_path: Path, counted: list[str]) -> None:
    first = FormLookup(cache=FormsCache(tmp_path))
    assert (first.words("talk"), first.names("Peskov")) == (FORMS, FORMS)
    first.save()
    second = FormLookup(cache=FormsCache(tmp_path))
    assert (second.words("talk"), second.names("Peskov")) == (FORMS, FORMS)
    assert counted == ["talk", "Peskov"]


def test_an_edited_entry_is_found_anew_and_others_are_not(tmp_path: Path, counted: list[str]) -> None:
    entries = {"Peskov": NameEntry("Peskov"), "Lavrov": NameEntry("Lavrov")}
    first = FormLookup(entries, FormsCache(tmp_path))
    for name in ("Dmitry Peskov", "Lavrov"):
        first.names(name)
    first.save()
    edited = entries | {"Peskov": NameEntry("Peskov", also=("Пєсков",))}
    for cache in (FormLookup(edited, FormsCache(tmp_path)), first.for_entries(edited)):
        counted.clear()
        cache.names("Lavrov")
        assert counted == []
        cache.names("Dmitry Peskov")
        assert counted == ["Dmitry Peskov"]


def test_the_file_is_let_go_after_a_load(tmp_path: Path, counted: list[str]) -> None:
    first = FormLookup(cache=FormsCache(tmp_path))
    first.words("talk")
    first.save()
    second = FormLookup(cache=FormsCache(tmp_path))
    second.words("talk")
    second.save()
    (tmp_path / "cache" / FILE_NAME).unlink()
    assert second.words("talk") == FORMS
    second.words("walk")
    assert counted == ["talk", "walk"]


def test_another_version_of_the_language_data_starts_anew(
    tmp_path: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = FormLookup(cache=FormsCache(tmp_path))
    first.words("talk")
    first.save()
    monkeypatch.setattr(forms_cache, "FORMS_VERSION", "another")
    FormLookup(cache=FormsCache(tmp_path)).words("talk")
    assert counted == ["talk", "talk"]


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\x00" + b"\xff" * 200])
def test_a_broken_file_costs_time_and_nothing_else(tmp_path: Path, counted: list[str], content: bytes) -> None:
    file = tmp_path / "cache" / FILE_NAME
    file.parent.mkdir()
    file.write_bytes(content)
    cache = FormLookup(cache=FormsCache(tmp_path))
    assert cache.words("talk") == FORMS
    cache.save()


@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.99])
def test_a_file_cut_short_is_made_anew(tmp_path: Path, counted: list[str], share: float) -> None:
    words = [f"word{number}" for number in range(300)]

    def look_up() -> None:
        lookup = FormLookup(cache=FormsCache(tmp_path))
        assert all(lookup.words(word) == FORMS for word in words)
        lookup.save()

    look_up()
    file = tmp_path / "cache" / FILE_NAME
    file.write_bytes(file.read_bytes()[: int(share * file.stat().st_size)])
    look_up()
    # What the damaged file still gave is found once more, since it was not new.
    look_up()
    counted.clear()
    look_up()
    assert counted == []


@pytest.mark.parametrize(
    "row",
    [
        "[",
        "[]",
        '[["talk", "", "query", 1.0, false, false]]',
        '[[["", "query", 1.0, false, false]], [1], ["talk"]]',
        '[[["", "query", 1.0]], [0], ["talk"]]',
        '[[["", "query", 1.0, false, false]], [0], ["talk", "talks"]]',
    ],
)
def test_a_row_of_another_shape_is_found_anew(tmp_path: Path, counted: list[str], row: str) -> None:
    first = FormLookup(cache=FormsCache(tmp_path))
    first.words("talk")
    first.save()
    with closing(sqlite3.connect(tmp_path / "cache" / FILE_NAME)) as conn, conn:
        conn.execute("UPDATE forms SET forms = ?", (row,))
    assert FormLookup(cache=FormsCache(tmp_path)).words("talk") == FORMS
    assert counted == ["talk", "talk"]


def test_a_data_folder_that_is_not_there_is_not_made(tmp_path: Path, counted: list[str]) -> None:
    cache = FormLookup(cache=FormsCache(tmp_path / "data"))
    cache.words("talk")
    cache.save()
    assert not (tmp_path / "data").exists()


def test_a_named_folder_serves_every_data_folder(
    tmp_path: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    first = FormLookup(cache=FormsCache(tmp_path / "one"))
    first.words("talk")
    first.save()
    FormLookup(cache=FormsCache(tmp_path / "other")).words("talk")
    assert counted == ["talk"]
