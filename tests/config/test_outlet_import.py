"""A list of outlets becomes a file of outlets: what is new, once, with names of its own."""

from __future__ import annotations

from pathlib import Path

from monitor.config.outlet_import import OutletImport, import_outlets
from tests.config.helpers import loaded

OUTLETS = "outlets:\n  - {name: Old, feed: https://old.test/rss}\n  - {feed: https://off.test/rss, active: no}\n"


def imported(tmp_path: Path, text: str) -> OutletImport:
    return import_outlets(
        tmp_path, tmp_path / "data", loaded(tmp_path, {"outlets.yaml": OUTLETS}), ("l", text.encode())
    )


def test_outlets_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    found = imported(tmp_path, "url,name,groups\nhttps://a.test/1,A,press\nhttps://a.test/2,a,x\nhttps://b.test/,,\n")
    assert found.edit is not None
    assert found.edit.file == tmp_path / "outlets" / "imported.yaml"
    assert found.edit.text == (
        "# Outlets imported from l.\noutlets:\n  - name: A\n    feeds:\n      - https://a.test/1\n"
        "      - https://a.test/2\n    groups: [press, x]\n  - name: b.test\n    feed: https://b.test/\n"
    )
    assert not found.edit.file.exists()
    found.edit.write()
    again = import_outlets(tmp_path, tmp_path / "data", loaded(tmp_path, {}), ("l", b"https://c.test/"))
    assert again.edit is not None
    assert again.edit.file == tmp_path / "outlets" / "imported-2.yaml"


def test_what_is_there_already_is_told_with_its_place(tmp_path: Path) -> None:
    rows = (
        "http://www.old.test/rss/",
        "https://off.test/rss",
        "https://n.test/a",
        "https://n.test/a/",
        "https://x.test/,OLD",
    )
    found = imported(tmp_path, "url,name\n" + "\n".join(rows))
    assert [(listed.line, why) for listed, why in found.skipped] == [
        (2, "the address is in outlets.yaml:2 already"),
        (3, "the address is in outlets.yaml:3 already"),
        (5, "the address is in line 4 already"),
        (6, "an outlet OLD is in outlets.yaml:2 already"),
    ]
    assert [draft.name for draft in found.drafts] == ["n.test"]


def test_one_name_at_two_hosts_is_two_outlets(tmp_path: Path) -> None:
    rows = "https://a.test/1,News,en\nhttps://b.test/1,News,en\nhttps://b.test/2,News,tr\n"
    first, second = imported(tmp_path, rows).drafts
    assert (first.name, first.language) == ("News", "en")
    assert (second.name, second.language) == ("News (b.test)", "")
    assert second.addresses == {"feed": ("https://b.test/1", "https://b.test/2")}


def test_a_list_with_a_problem_makes_no_outlet(tmp_path: Path) -> None:
    found = imported(tmp_path, "https://a.test/\nnothing\n")
    assert [line for line, _ in found.problems] == [2]
    assert (found.drafts, found.edit) == ((), None)


def test_a_list_of_what_is_there_makes_no_file(tmp_path: Path) -> None:
    assert imported(tmp_path, "https://old.test/rss\n").edit is None
