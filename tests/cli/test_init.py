"""`monitor init`: what is asked and typed into a pipe, what is written, and what is left alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
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
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "pw").write_text("secret")
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


def test_outlets_that_were_switched_off_come_back_when_that_is_said(home: Path) -> None:
    before = files(home)
    assert init(*OLGA, "--yes", "--outlets", "none").exit_code == 0
    assert not config_of(home).outlets
    assert init(*OLGA, "--yes", "--outlets", "all").exit_code == 0
    outlets = {path: text for path, text in before.items() if "/outlets/" in path}
    assert outlets.items() <= files(home).items()


@pytest.mark.parametrize(
    "off", ["defaults: {active: no, ", "defaults: {\n  active: no, ", "defaults:\n  active: no\n  "]
)
def test_outlets_stay_as_somebody_left_them(home: Path, off: str) -> None:
    turkey, russia = (home / "config" / "outlets" / f"{name}.yaml" for name in ("turkey", "russia"))
    entry = "outlets: [{name: mine, feed: https://mine.press-house.com/rss}]\n"
    turkey.write_text(f"{off}language: tr{'}' if '{' in off else ''}\n{entry}")
    russia.unlink()
    before = files(home)
    assert init(*OLGA, "--yes").exit_code == 0
    assert {path for path, text in files(home).items() if before.get(path) != text} == {
        "config/monitor.yaml",
        "config/people.yaml",
        "config/rules.yaml",
    }
    assert {"mine", "tass"}.isdisjoint(config_of(home).outlets)


def test_outlets_in_one_file_are_a_choice_as_well(home: Path) -> None:
    shutil.rmtree(home / "config" / "outlets")
    own = home / "config" / "outlets.yaml"
    own.write_text("defaults:\n  language: tr\noutlets: [{name: mine, feed: https://mine.press-house.com/rss}]\n")
    before = own.read_text()
    wrong = init(*OLGA, "--yes", "--outlets", "outlet")
    assert (wrong.exit_code, "did you mean outlets?" in wrong.output) == (2, True)
    assert init(*OLGA, "--yes", "--outlets", "none").exit_code == 0
    assert not config_of(home).outlets
    assert init(*OLGA, "--yes", "--replace", "--outlets", "outlets").exit_code == 0
    assert own.read_text() == before


def test_the_shipped_outlets_and_names_go_into_the_package() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert build["force-include"] == {"config": "monitor/sample"}
    assert "COPY config /opt/monitor/lib/python3.13/site-packages/monitor/sample" in (ROOT / "Dockerfile").read_text()


def test_an_installed_package_has_them_with_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "monitor", tmp_path / "monitor", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "config", tmp_path / "monitor" / "sample")
    done = piped(tmp_path, *OLGA, "--yes", "--config", "new", path=tmp_path)
    assert done.returncode == 0, done.stderr
    config = load(tmp_path / "new", data=tmp_path / "data").config
    assert config
    assert (len(config.outlets) > 60, "Peskov" in config.names) == (True, True)


def piped(folder: Path, *words: str, typed: str = "", path: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A process of its own: only there does nobody echo what comes from a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "monitor", "init", *words],
        input=typed,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_each_question_of_a_pipe_is_a_line(home: Path) -> None:
    (home / "config" / "rules.yaml").write_text("rules: []\n")
    who = ("Olga <olga@press-house.com>", "Acme")
    done = piped(home, typed="\n".join([*who, "smtp.gmail.com", "", "", "secret", "Europe/Kyiv", "turkey", "y", ""]))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    for begin in ("1/5", "2/5", "3/5", "   Encryption", "   User", "   Password", "4/5", "5/5", "Not as shipped"):
        assert sum(line.startswith(begin) for line in lines) == 1, (begin, done.stdout)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ((), {"--mail", "--words"}),
        (("--mail", "olga@press-house.com"), {"--words"}),
        (("--words", "Acme", "--server", "smtp.office365.com"), {"--mail", "--client-id"}),
        (("--server", "smtp.office365.com:587", "--user", "none"), {"--mail", "--words"}),
    ],
)
def test_all_that_is_missing_is_named_at_once(home: Path, words: tuple[str, ...], named: set[str]) -> None:
    done = init("--yes", *words)
    assert done.exit_code == 2
    assert set(re.findall(r"'(--[a-z-]+)'", done.output)) == named
    assert "with --yes nobody is asked; add --" in done.output
    assert ('--words "Peskov, grain deal"' in " ".join(done.output.replace("│", "").split())) == ("--words" in named)


@pytest.mark.parametrize(
    ("words", "step"),
    [
        (("--server", "smtp.gmail.com"), "write an app password into {data}/smtp_password"),
        (("--server", "a.press-house.com"), "write the password of olga@press-house.com into {data}/smtp_password"),
        (("--server", "smtp.office365.com", "--client-id", "1"), "into {data}/mail_token"),
        (("--server", "a.press-house.com:25"), "monitor mail test olga@press-house.com"),
        ((), "monitor mail test olga@press-house.com"),
    ],
)
def test_what_the_login_still_lacks_comes_first(home: Path, words: tuple[str, ...], step: str) -> None:
    done = init(*OLGA, "--yes", *words)
    first = next(line for line in done.stdout.splitlines() if line.startswith("next: "))
    assert step.format(data=home / "data") in first, done.stdout


def test_without_outlets_the_next_step_is_to_add_one(home: Path) -> None:
    done = init(*OLGA, "--yes", "--outlets", "none")
    assert "no outlet is watched yet" in done.stdout
    assert "next: monitor outlets add https://" in done.stdout
    assert "no outlet is watched yet" not in init(*OLGA, "--yes", "--replace", "--outlets", "all").stdout


def test_a_password_file_is_named_as_it_is_found_later(home: Path) -> None:
    done = init(*OLGA, "--yes", "--server", "a.press-house.com", "--password-file", "~/pw")
    assert done.exit_code == 0, done.output
    assert config_of(home).settings.options.model_dump()["password_file"] == home / "pw"


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
        ((*OLGA, "--yes", "--security", "tsl"), "", "did you mean tls?"),
        ((*OLGA, "--yes", "--security", "tls"), "", "'--security': there is no mail server"),
        ((*OLGA, "--yes", "--user", "olga"), "", "'--user': there is no mail server"),
        ((*OLGA, "--yes", "--client-id", " "), "", "'--client-id': the application has an id"),
        ((*OLGA, "--yes", "--client-id", "1"), "", "'--client-id': there is no mail server"),
        ((*OLGA, "--yes", "--password-file", "none"), "", "'--password-file': the file"),
        ((*OLGA, "--password-file", "~/pw", "--user", "olga"), "\n", "'--user' / '--password-file': there is no"),
        ((*OLGA, "--yes", "--server", "a.press-house.com", "--client-id", "1"), "", "only Microsoft 365"),
        ((*OLGA, "--yes", "--server", "a.press-house.com:25", "--password-file", "~/pw"), "", "nobody logs in"),
        (
            (*OLGA, "--yes", "--server", "smtp.office365.com", "--client-id", "1", "--password-file", "~/pw"),
            "",
            "token",
        ),
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
