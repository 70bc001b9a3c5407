"""The schemas of the shipped folder are those of the models, and the shipped files obey them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from monitor.config.folder import config_files, kind_of_file
from monitor.config.models import KINDS
from monitor.config.schema import schema, texts

SHIPPED = Path(__file__).parents[2] / "config"


def problems(kind: str, text: str) -> list[str]:
    return [error.message for error in Draft202012Validator(schema(kind)).iter_errors(yaml.safe_load(text))]


def test_the_shipped_schemas_are_up_to_date() -> None:
    shipped = {file.name: file.read_text(encoding="utf-8") for file in (SHIPPED / "schema").glob("*.json")}
    assert shipped == texts(), "run python -m monitor.config.schema"


def test_the_command_writes_them(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-W", "error", "-m", "monitor.config.schema", tmp_path], check=True, timeout=60)
    assert {file.name for file in (tmp_path / "schema").iterdir()} == {f"{kind}.json" for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(schema(kind))


def test_the_shipped_files_obey_and_name_their_schema() -> None:
    for path, file in config_files(SHIPPED):
        text = file.read_text(encoding="utf-8")
        kind = kind_of_file(path)
        assert problems(kind, text) == [], path
        up = "../" * path.count("/")
        if kind != "names":
            assert text.startswith(f"# yaml-language-server: $schema={up}schema/{kind}.json\n"), path


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("outlets", "outlets: [{name: 112, feed: https://a.test/rss, country: no, active: yes}]"),
        ("outlets", "outlets: [https://a.test/rss, {feeds: [https://b.test/rss], every: 5m, groups: a}]"),
        ("people", "people: [{name: a, mail: a@b.test, quiet: '22:00-07:00', send: daily 08:00, shared: yes}]"),
        ("people", "people: [{name: a, mail: a@b.test, quiet: no, send: every 30m}]\nteams: {desk: [a, b@c.test]}"),
        ("rules", "rules: [{name: 1, to: a, query: x, wait: text}]\nlists: {112: [112, a]}"),
        ("monitor", "mail: {host: m.test, from: a@b.test, port: 587}\nkeep: {text: 400d}\noperator: {to: a@b.test}"),
        ("names", "names: [{name: a, also: [b], not: [c]}]"),
    ],
)
def test_what_is_right_is_right_for_editors(kind: str, text: str) -> None:
    assert problems(kind, text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("outlets", "outlets: [{name: a, feed: ftp://a.test/rss}]"),
        ("outlets", "outlets: [{naem: a}]"),
        ("people", "people: [{name: a, mail: nobody}]"),
        ("people", "people: [{name: a, mail: a@b.test, send: whenever}]"),
        ("rules", "rules: [{name: a}]"),
        ("monitor", "mail: {port: 99999}"),
        ("monitor", "keep: {text: 400}"),
    ],
)
def test_what_is_wrong_is_wrong_for_editors(kind: str, text: str) -> None:
    assert problems(kind, text)


def test_every_key_has_a_description() -> None:
    def walk(part: Any) -> None:
        if isinstance(part, dict):
            for name, value in part.get("properties", {}).items():
                assert "description" in value or "$ref" in value, name
            for value in part.values():
                walk(value)

    for kind in KINDS:
        walk(json.loads(json.dumps(schema(kind))))


def test_editors_strike_out_the_keys_that_do_nothing() -> None:
    def deprecated(part: Any) -> set[str]:
        if not isinstance(part, dict):
            return set()
        own = {name for name, value in part.get("properties", {}).items() if value.get("deprecated")}
        return own.union(*map(deprecated, part.values()))

    assert {kind: names for kind in KINDS if (names := deprecated(schema(kind)))} == {
        "monitor": {"web", "listen"},
    }
