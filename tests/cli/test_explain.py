"""`monitor explain` tells a person and a program the same, of articles that are known and of those that are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.articles import url_key
from monitor.store import Store
from tests.cli.stand import Stand, fill, piece, stand

URL = "https://tass.example.org/one"


@pytest.fixture
def here(tmp_path: Path, store: Store) -> Stand:
    made = stand(tmp_path)
    made.use(store)
    fill(store, [piece("one", "The harbour at night", url=URL, keys=(url_key("wire", URL),))])
    return made


def test_a_known_article_with_the_part_that_failed(here: Stand) -> None:
    ran = here.run("explain", f"{URL}?utm_source=x")
    assert ran.exit_code == 0, ran.output
    assert "The harbour at night" in ran.stdout
    assert "seen in    wire" in ran.stdout
    assert "Harbour: does not match" in ran.stdout
    assert "talks: " in ran.stdout
    assert "nobody was told" in ran.stdout
    found = json.loads(here.run("explain", URL, "--json").stdout)
    assert (found["known"], found["rules"][0]["matches"], found["mails"]) == (True, False, [])


def test_an_unknown_address_says_what_may_be_why(here: Stand) -> None:
    watched = here.run("explain", "https://wire.example.org/two")
    assert watched.exit_code == 1
    assert "watched    wire" in watched.stdout
    assert "nothing went wrong" in watched.stdout
    other = here.run("explain", "https://elsewhere.test/two")
    assert "no outlet of this host is watched" in other.stdout
    assert json.loads(here.run("explain", "https://elsewhere.test/two", "--json").stdout)["feeds"] == []


def test_a_wrong_rule_is_bad_usage(here: Stand) -> None:
    assert here.run("explain", URL, "--rule", "harbor").exit_code == 2


def test_a_list_of_addresses_gives_a_table(here: Stand) -> None:
    asked = f"{URL}\n\n  https://wire.example.org/two  \nhttps://elsewhere.test/two\n{URL}\n"
    ran = here.run("explain", "-", stdin=asked)
    assert ran.exit_code == 1, "not all of them are known"
    head, known, unknown, foreign = ran.stdout.splitlines()
    assert head.split()[:2] == ["address", "outlet"]
    assert known.split()[:2] == [URL, "wire"]
    assert unknown.split()[:2] == ["https://wire.example.org/two", "unknown"]
    assert "its feeds have not shown it" in unknown
    assert "no outlet of this host is watched" in foreign


def test_a_list_is_json_for_a_program(here: Stand) -> None:
    ran = here.run("explain", "-", "--json", stdin=f"{URL}\nhttps://elsewhere.test/two\n")
    assert [(one["url"], one["known"]) for one in json.loads(ran.stdout)] == [
        (URL, True),
        ("https://elsewhere.test/two", False),
    ]
    all_known = here.run("explain", "-", "--json", stdin=URL)
    assert (all_known.exit_code, len(json.loads(all_known.stdout))) == (0, 1)


def test_an_empty_list_is_bad_usage(here: Stand) -> None:
    assert here.run("explain", "-", stdin="\n \n").exit_code == 2
