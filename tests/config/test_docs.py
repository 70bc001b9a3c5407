"""Every key that the files may have has its row in the documentation, and its samples are right."""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from monitor.channels import ENDPOINTS
from monitor.config import load
from monitor.config.models import KINDS
from monitor.config.schema import schema
from tests.config.helpers import loaded

DOCS_FOLDER = Path(__file__).parents[2] / "docs"
DOCS = (DOCS_FOLDER / "configuration.md").read_text(encoding="utf-8")
# The keys of an outlet's addresses are the kinds of source, which have their own table.
SOURCES = (DOCS_FOLDER / "sources.md").read_text(encoding="utf-8")
# The keys of a person's addresses are the channels, each with a section that holds the table of its settings.
SECTIONS = dict(
    re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", (DOCS_FOLDER / "channels.md").read_text("utf-8"), re.M | re.S)
)
SETTINGS = re.compile(r"^\| setting \| means \|\n\| --- \| --- \|\n((?:\|.*\n)+)", re.MULTILINE)
ROWS = {
    *(name for name in ENDPOINTS if name in SECTIONS),
    *(
        key
        for name in ENDPOINTS
        for table in SETTINGS.findall(SECTIONS[name])
        for key in re.findall(r"^\| `(\w+)`", table, re.M)
    ),
    *re.findall(r"^\| `(\w+)` \| \S", DOCS, re.MULTILINE),
    *re.findall(r"^\| `(\w+)` \| `\w+` \| \S", SOURCES, re.MULTILINE),
}
SAMPLES = {text.split(":")[0].split("\n")[-1]: text for text in re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)}


def keys(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (key for key, about in part.get("properties", {}).items() if not about.get("deprecated"))
        for value in part.values():
            if not (isinstance(value, dict) and value.get("deprecated")):
                yield from keys(value)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_has_its_row(kind: str) -> None:
    assert set(keys(schema(kind))) - ROWS == set()


def test_no_row_is_about_a_key_that_is_not_there() -> None:
    known = {key for kind in KINDS for key in keys(schema(kind))} | {"item", "link", "title", "time", "summary"}
    assert ROWS - known == set()


def test_the_samples_load(tmp_path: Path) -> None:
    files = {
        f"{kind}.yaml": next(text for text in SAMPLES.values() if f"{kind}:" in text)
        for kind in KINDS
        if kind != "monitor"
    }
    files = {path: text for path, text in files.items() if path not in ("teams.yaml", "lists.yaml")}
    found = loaded(tmp_path, files)
    assert [str(problem) for problem in found.problems] == []
    assert found.config
    assert set(found.config.rules) == {"Istanbul talks"}
    assert set(found.config.outlets) == {"example.org", "tass", "example"}


MAIL_SERVERS = re.findall(
    r"```yaml\n(mail:\n.*?)```", (Path(__file__).parents[2] / "docs" / "mail.md").read_text(encoding="utf-8"), re.DOTALL
)


def test_three_mail_servers_are_shown() -> None:
    assert [("xoauth2" in text, "security: none" in text) for text in MAIL_SERVERS] == [
        (False, False),
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize("text", MAIL_SERVERS)
def test_the_samples_of_mail_servers_lack_nothing_but_their_secrets(tmp_path: Path, text: str) -> None:
    found = loaded(tmp_path, {"monitor.yaml": text})
    assert [problem.message for problem in found.problems if not problem.message.startswith("there is no file")] == []
    assert found.config
    assert found.config.settings.channel == "email"


DESIGN_MONITOR = """
    timezone: Europe/Istanbul
    database: monitor.db                   # or postgresql://monitor@db/monitor (password: database_password_file)
    operator: {to: it@example.org}         # trouble goes here, never news
    mail:
      from: News monitor <monitor@example.org>
      host: mail.example.org               # without host, mails go to the Maildir data/mail
      port: 587
      security: starttls                   # tls · none
      user: monitor@example.org
      password_file: /run/secrets/smtp_password      # or MONITOR_SMTP_PASSWORD
    defaults: {send: at once, max_per_hour: 30}
    keep: {articles: forever, text: 400d}
    private_hosts_allowed: []              # hosts, host:port or networks
    web: {listen: 127.0.0.1:8080}
    """


def test_the_sample_settings_load_and_are_known_for_samples(tmp_path: Path) -> None:
    (tmp_path / "monitor.yaml").write_text(dedent(DESIGN_MONITOR), encoding="utf-8")
    found = load(tmp_path)
    assert found.config
    assert {problem.severity for problem in found.problems} == {"warning"}
    assert any("sample address" in problem.message for problem in found.problems)
