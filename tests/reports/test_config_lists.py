"""What a configuration holds, as lists for anybody."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.config import Config
from monitor.reports.config_lists import list_forms, list_outlets, list_rules
from monitor.run.config_folder import read_config
from tests.cli.stand import FILES, stand

RULES = """\
rules:
  - {name: second, to: [ann@readers.test], send: hourly, query: vote}
  - {name: First, to: [ann@readers.test, bob@readers.test], active: no, query: harbour}
"""
OUTLETS = "outlets: [{name: wire, feed: 'https://desk:s3cret@wire.test/rss', groups: [b, a], language: en}]\n"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    made = stand(tmp_path)
    made.write({"rules.yaml": RULES, "outlets.yaml": OUTLETS})
    config = read_config(made.config, tmp_path / "data").config
    assert config is not None
    return config


def test_outlets_show_no_credentials(config: Config) -> None:
    (outlet,) = list_outlets(config)
    assert (outlet.outlet, outlet.groups, outlet.language) == ("wire", ("a", "b"), "en")
    assert "s3cret" not in outlet.feeds[0]


def test_outlets_name_what_they_are_asked_with_and_no_secret(tmp_path: Path) -> None:
    access = "proxy: 'http://ann:s3cret@proxy.test:8080', user_agent: Reader/2, headers: {X-Api-Key: s3cret}"
    login = "login: {url: 'https://a.test/in', user: s3cretary, password_file: key}"
    here = stand(tmp_path)
    direct = "{name: c, feed: 'https://c.test/rss', proxy: no}"
    entry = f"{{name: a, feed: 'https://a.test/rss', {access}, header_files: {{Cookie: key}}, {login}}}"
    here.write({"outlets.yaml": f"outlets: [{entry}, {{name: b, feed: 'https://b.test/rss'}}, {direct}]\n"})
    asked, plain, direct_one = list_outlets(read_config(here.config, tmp_path / "data").require_config())
    assert asked.access == ("proxy proxy.test", "headers cookie x-api-key", "user agent Reader/2", "login")
    assert (plain.access, direct_one.access) == ((), ("no proxy",))
    listed = here.run("outlets", "list").output
    assert "asked with" in listed
    assert "s3cret" not in listed


def test_rules_are_sorted_and_say_who_is_told_when(config: Config) -> None:
    first, second = list_rules(config, datetime.now(UTC))
    assert (first.rule, first.to, first.send, first.active) == (
        "First",
        ("ann@readers.test", "bob@readers.test"),
        ("at once",),
        False,
    )
    assert [(one.to, one.send) for one in second.routes] == [("ann@readers.test", "hourly")]


def test_forms_of_a_language_are_those_that_count_in_it(config: Config) -> None:
    assert "names" in "".join(FILES)
    every, russian = list_forms(config, "name(Peskov)"), list_forms(config, "name(Peskov)", ["ru"])
    assert {"Песков", "Peskov"} <= {one.form for one in every}
    assert 0 < len(russian) < len(every)
    assert {one.language for one in russian} <= {"", "ru"}
