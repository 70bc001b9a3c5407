"""`monitor init`: what is asked and typed into a pipe, what is written, and what is left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from monitor.cli import app
from monitor.config import Config, load

ROOT = Path(__file__).parents[2]
OLGA = ("--mail", "Olga <olga@press-house.com>", "--words", "Acme")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place with the shipped configuration, its names apart, which take a while."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    (tmp_path / "config" / "names.yaml").write_text("names: [{name: Peskov, also: [Песков]}, {name: NATO}]\n")
    for name in ("CONFIG", "DATA"):
        monkeypatch.setenv(f"MONITOR_{name}", str(tmp_path / name.lower()))
    monkeypatch.delenv("MONITOR_SMTP_PASSWORD", raising=False)
    monkeypatch.setenv("COLUMNS", "300")
    return tmp_path


def init(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["init", *words], input=typed, prog_name="monitor")


def config_of(home: Path) -> Config:
    found = load(home / "config", data=home / "data")
    assert not found.errors
    assert found.config
    return found.config


def files(home: Path) -> dict[str, bytes]:
    return {str(file.relative_to(home)): file.read_bytes() for file in home.rglob("*") if file.is_file()}


def test_five_answers_from_a_pipe_make_a_configuration(home: Path) -> None:
    who = ("Olga <olga@press-house.com>", "Acme, interest rate, NATO")
    done = init(typed="\n".join([*who, "smtp.gmail.com", "", "", "abcd efgh ijkl mnop", "Europe/Kyiv", "turkey", ""]))
    assert done.exit_code == 0, done.output
    assert "monitor mail test olga@press-house.com" in done.stdout
    config = config_of(home)
    queries = {name: rule.query.strip() for name, rule in config.rules.items()}
    assert queries == {"Acme": "name(Acme)", "interest rate": '"interest rate"', "NATO": "name(NATO)"}
    assert {route.recipient for rule in config.rules.values() for route in rule.routes} == {"olga@press-house.com"}
    assert {"anadolu", "tass", "bbc"} & set(config.outlets) == {"anadolu"}
    assert (config.settings.timezone, config.settings.operator) == ("Europe/Kyiv", ("olga@press-house.com",))
    options = config.settings.options.model_dump()
    assert (options["host"], options["user"], options["port"]) == ("smtp.gmail.com", "olga@press-house.com", 587)
    password = home / "data" / "smtp_password"
    assert (password.read_text(), password.stat().st_mode & 0o777) == ("abcdefghijklmnop\n", 0o600)


def test_an_empty_folder_gets_all_files_and_a_maildir(home: Path) -> None:
    new = home / "new"
    assert init(*OLGA, "--yes", "--config", str(new)).exit_code == 0
    found = load(new, data=home / "data").config
    assert found
    assert found.settings.channel == "maildir"
    assert len(found.outlets) > 60
    assert (new / "schema" / "rules.json").exists()


def test_outlets_that_were_switched_off_come_back(home: Path) -> None:
    before = files(home)
    assert init(*OLGA, "--yes", "--outlets", "none").exit_code == 0
    assert not config_of(home).outlets
    assert init(*OLGA, "--yes").exit_code == 0
    outlets = {path: text for path, text in before.items() if "/outlets/" in path}
    assert outlets.items() <= files(home).items()


def test_microsoft_is_set_up_with_a_token(home: Path) -> None:
    done = init(*OLGA, "--yes", "--server", "smtp.office365.com", "--client-id", "1-2-3")
    assert done.exit_code == 0, done.output
    options = config_of(home).settings.options.model_dump()
    assert (options["auth"], options["tenant"], options["client_id"]) == ("xoauth2", "press-house.com", "1-2-3")


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        ((), "olga\n", "not a mail address"),
        ((), "Olga <olga@press-house.com>\n", "nothing was written"),
        (("--mail", "olga@press-house.com"), "Acme or kettle\n", "write OR"),
        (("--mail", "olga@press-house.com", "--words", "(a"), "", "--words"),
        ((*OLGA, "--yes", "--server", "mail host"), "", "is not a host"),
        ((*OLGA, "--yes", "--server", "a.press-house.com:x"), "", "is not a port"),
        ((*OLGA, "--yes", "--server", "a.press-house.com", "--security", "tsl"), "", "did you mean tls?"),
        ((*OLGA, "--yes", "--server", "a.press-house.com", "--password-file", "none"), "", "none"),
        ((*OLGA, "--yes", "--timezone", "Europe/Kiew"), "", "unknown time zone"),
        ((*OLGA, "--yes", "--outlets", "turky"), "", "did you mean turkey?"),
        (("--yes", "--words", "Acme"), "", "--mail"),
    ],
)
def test_a_wrong_answer_writes_nothing(home: Path, words: tuple[str, ...], typed: str, said: str) -> None:
    before = files(home)
    done = init(*words, typed=typed)
    assert (done.exit_code, said in done.output) == (2, True), done.output
    assert files(home) == before


def test_what_somebody_edited_is_replaced_only_when_agreed(home: Path) -> None:
    rules = home / "config" / "rules.yaml"
    rules.write_text("rules: [{name: Mine, to: [desk], query: harbour}]\n")
    before = files(home)
    refused = init(*OLGA, "--yes")
    assert (refused.exit_code, "rules.yaml" in refused.output) == (2, True)
    assert init(*OLGA, "--server", "", typed="\n\nn\n").exit_code == 2
    assert files(home) == before
    assert init(*OLGA, "--yes", "--replace").exit_code == 0
    assert (home / "config" / "rules.yaml.bak").read_bytes() == before["config/rules.yaml"]
    assert set(config_of(home).rules) == {"Acme"}


def test_files_are_all_written_or_none(home: Path) -> None:
    (home / "data").write_text("in the way of the password's folder")
    before = files(home)
    done = init(*OLGA, "--server", "smtp.gmail.com", typed="\n\nsecret\n\n\n")
    assert done.exit_code != 0
    assert files(home) == before
