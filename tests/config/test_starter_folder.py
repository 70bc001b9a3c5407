"""What `init` is about to write into a folder, before it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config.starter_files import PASSWORD_FILE, Answers, MailServer
from monitor.config.starter_folder import (
    copies_of,
    edited_files,
    missing_files,
    outlet_choice,
    starter_edit,
    starter_scope,
    system_zone,
)
from monitor.config.values import reason
from monitor.errors import ConfigError
from tests.config.helpers import write

TEXTS = Answers("Ann", "ann@press-house.com", {"Acme": "name(Acme)"}, None, "UTC").texts()


def test_a_new_folder_is_offered_what_is_shipped(tmp_path: Path) -> None:
    choice = outlet_choice(tmp_path / "config")
    assert (choice.are_own, choice.default, choice.parse("turkey, UKRAINE")) == (False, "all", ("turkey", "ukraine"))
    written = choice.texts_with(("turkey",))
    assert "active: no" not in written["outlets/turkey.yaml"]
    assert "active: no" in written["outlets/ukraine.yaml"]
    assert choice.texts_with(choice.parse("keep")) == choice.texts
    assert {"names.yaml", "schema/rules.json"} <= missing_files(tmp_path).keys()
    assert starter_scope(tmp_path / "config", tmp_path).known("Peskov")


def test_outlets_of_ones_own_are_kept_unless_chosen(tmp_path: Path) -> None:
    write(tmp_path, {"outlets.yaml": "outlets: [{name: mine, feed: https://mine.test/rss}]\n"})
    choice = outlet_choice(tmp_path)
    assert (choice.are_own, choice.default, dict(choice.files)) == (True, "keep", {"outlets": "outlets.yaml"})
    assert choice.texts_with(choice.parse("keep")) == {}
    assert "active: no" in choice.texts_with(choice.parse("none"))["outlets.yaml"]
    with pytest.raises(ValueError, match="not among") as wrong:
        choice.parse("outlet")
    assert "did you mean outlets?" in reason(wrong.value)


def test_what_somebody_wrote_is_copied_under_a_free_name(tmp_path: Path) -> None:
    write(tmp_path, {"rules.yaml": "rules: []\n", "rules.yaml.bak": "older", "people.yaml": TEXTS["people.yaml"]})
    edited = edited_files(tmp_path, TEXTS)
    assert edited == {"rules.yaml": "rules: []\n"}
    assert copies_of(tmp_path, edited) == {"rules.yaml.bak2": "rules: []\n"}


def test_only_what_changes_is_written_and_secrets_for_their_owner_alone(tmp_path: Path) -> None:
    write(tmp_path / "config", {"people.yaml": TEXTS["people.yaml"]})
    edit = starter_edit(tmp_path / "config", tmp_path, TEXTS, "hunter2")
    assert {file.name for file in edit.files} == {"monitor.yaml", "rules.yaml"}
    assert not (tmp_path / "config" / "rules.yaml").exists()
    edit.write()
    password = tmp_path / PASSWORD_FILE
    assert (password.read_text(), password.stat().st_mode & 0o777) == ("hunter2\n", 0o600)


def test_texts_that_do_not_load_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nobody is called “x”"):
        starter_edit(tmp_path, tmp_path, TEXTS | {"rules.yaml": "rules: [{name: Acme, to: [x], query: a}]\n"}, "")


def test_a_secret_that_is_missing_is_asked_for_until_it_is_there(tmp_path: Path) -> None:
    server = MailServer("smtp.gmail.com", 587, "starttls", "ann", PASSWORD_FILE)
    assert server.missing_secret(tmp_path) == f"write an app password into {tmp_path / PASSWORD_FILE}"
    (tmp_path / PASSWORD_FILE).write_text("x")
    assert server.missing_secret(tmp_path) == ""
    assert MailServer("relay.test", 25, "none").missing_secret(tmp_path) == ""


@pytest.mark.parametrize(
    ("zone", "found"), [("Europe/Kyiv", "Europe/Kyiv"), (":Asia/Tokyo", "Asia/Tokyo"), ("?", "UTC")]
)
def test_the_zone_of_the_machine_is_taken_where_it_has_a_name(
    monkeypatch: pytest.MonkeyPatch, zone: str, found: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    assert system_zone() == found
