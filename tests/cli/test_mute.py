"""`monitor mute` silences until a time, lists what is silent, and takes it back."""

from __future__ import annotations

import json
import shlex
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from monitor.alerts import AlertContent, view_of
from monitor.articles import address_keys
from monitor.channels.ways_out import ways_out
from monitor.model import Alert, Article, Item, Kind, Match
from monitor.silence_values import Silence
from monitor.store import Store, article_queries, silence_records
from tests.cli.stand import FILES, NOW, Stand, fill, piece, stand

URL = "https://wire.example.org/one"


@pytest.fixture
def here(tmp_path: Path) -> Stand:
    made = stand(tmp_path)
    made.write({"people.yaml": "people: [{name: ann, mail: ann@readers.test, webhook: https://hook.test/a}]\n"})
    (tmp_path / "data").mkdir()
    with Store.open(database(made)) as store:
        fill(store, [piece("one", "The harbour talks", url=URL, keys=tuple(address_keys("wire", URL)))])
    return made


def database(here: Stand) -> Path:
    """The file that commands and this test open one after the other."""
    return here.folder / "data" / "monitor.db"


def listed(here: Stand) -> list[tuple[str, str, str]]:
    return [(one["kind"], one["target"], one["for"]) for one in json.loads(here.run("mute", "--json").stdout)]


def test_a_mute_is_made_listed_shown_and_undone(here: Stand) -> None:
    assert here.run("mute").stdout == "nothing is muted\n"
    made = here.run("mute", "harbour", "--until", "2h")
    assert (made.exit_code, "muted: the rule Harbour, until 20" in made.stdout) == (0, True), made.exception
    assert here.run("mute", URL, "--for", "ann", "--until", "forever").exit_code == 0
    assert listed(here) == [
        ("rule", "Harbour", ""),
        ("story", "1", "ann by webhook"),
        ("story", "1", "ann@readers.test"),
    ]
    table = here.run("mute").stdout
    assert "The harbour talks" in table
    assert "everybody" in table
    status = here.run("status").stdout
    assert "the rule Harbour is muted until" in status
    assert "the story 1 “The harbour talks” is muted for ann@readers.test until it is unmuted" in status
    checked = here.run("check")
    assert (checked.exit_code, "the rule Harbour is muted until" in checked.stdout) == (0, True), checked.stdout
    assert here.run("mute", URL, "--off", "--for", "ann by webhook").exit_code == 0
    assert here.run("mute", "--off", "rule:Harbour").exit_code == 0
    assert listed(here) == [("story", "1", "ann@readers.test")]
    refused = str(here.run("mute", "--off", "1").exception)
    assert "1 is not muted for everybody, but only for ann@readers.test: say --for" in refused
    assert here.run("mute", "--off", "1", "--for", "ann").exit_code == 0
    assert listed(here) == []


def test_what_readers_asked_for_outlives_the_end_of_a_mute_for_everybody(here: Stand) -> None:
    for words in ((), ("--for", "ann@readers.test")):
        assert here.run("mute", "Harbour", "--until", "forever", *words).exit_code == 0
    assert "forever" in here.run("mute").stdout
    ended = here.run("mute", "Harbour", "--off").stdout
    assert "not muted any more: the rule Harbour, forever" in ended
    assert "still muted: the rule Harbour for ann@readers.test, forever" in ended
    assert listed(here) == [("rule", "Harbour", "ann@readers.test")]


@pytest.mark.parametrize("words", [("harbour",), (URL, "--for", "ann")])
def test_the_command_that_undoes_a_mute_is_said_as_it_is_typed(here: Stand, words: tuple[str, ...]) -> None:
    said = here.run("mute", *words, "--until", "forever").stdout
    undoing = shlex.split(said.split("`")[1])
    assert (undoing[0], here.run(*undoing[1:]).exit_code, listed(here)) == ("monitor", 0, [])


@pytest.mark.parametrize("words", [("harbour", "--for", "ann"), ("harbour",)])
def test_the_list_ends_with_the_command_that_undoes_its_first(here: Stand, words: tuple[str, ...]) -> None:
    assert here.run("mute", *words, "--until", "forever").exit_code == 0
    first, *others = listed(here)
    undoing = shlex.split(here.run("mute").stdout.split("`")[1])
    assert first[2] in ("", *undoing)
    assert (here.run(*undoing[1:]).exit_code, listed(here)) == (0, others)


def test_an_end_is_shown_in_the_zone_that_it_was_typed_in(here: Stand) -> None:
    here.write({"monitor.yaml": f"{FILES['monitor.yaml'].replace('UTC', 'Europe/Istanbul')}"})
    said = "2099-12-25 00:00 Europe/Istanbul (2099-12-24 21:00 UTC)"
    assert f"the rule Harbour, until {said}" in here.run("mute", "Harbour", "--until", "2099-12-24").stdout
    assert said in here.run("mute").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Harbour",), "say until when"),
        (("Harbour", "--until", "yesterday"), "is no end"),
        (("--until", "2h"), "say what"),
        (("--off",), "say what"),
        (("Harbour", "--off", "--until", "2h"), "--off ends it at once"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(here: Stand, words: tuple[str, ...], said: str) -> None:
    ran = here.run("mute", *words)
    assert (ran.exit_code, said in " ".join(ran.output.split())) == (2, True), ran.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Harbor", "--until", "2h"), "did you mean Harbour"),
        (("Harbour", "--until", "2h", "--for", "anne"), "did you mean ann"),
        (("Harbour", "--off"), "Harbour is not muted"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(here: Stand, words: tuple[str, ...], said: str) -> None:
    assert said in str(here.run("mute", *words).exception)


def test_explain_says_what_was_decided_when_it_came(here: Stand) -> None:
    with Store.open(database(here)) as store, store.begin() as conn:
        silences = [Silence("ann@readers.test", "Harbour", 1, "muted until 2026-11-23 18:00 UTC (the rule)")]
        silence_records.keep(conn, silences, NOW)
        stored = article_queries.get(conn, [1])[1]
        assert stored.seen == NOW - timedelta(hours=1)
    assert "ann@readers.test: not told: muted until 2026-11-23 18:00 UTC (the rule)" in here.run("explain", URL).stdout


def test_each_way_out_of_a_mail_is_a_command_that_runs(here: Stand) -> None:
    found = Article("wire", URL, "The harbour talks")
    alert = Alert("ann@readers.test", "story:1", 0, Kind.ALERT, NOW, (Item(1, 1, (Match("Harbour"),)),))
    content = AlertContent(alert, "m@readers.test", NOW, {1: found}, operator=("it@readers.test",))
    for way in ways_out(view_of(content)):
        body = dict(parse_qsl(urlsplit(way.link).query))["body"]
        assert here.run(*shlex.split(body)[1:]).exit_code == 0, body
    mine = "ann@readers.test"
    assert listed(here) == [("outlet", "wire", mine), ("rule", "Harbour", mine), ("story", "1", mine)]
