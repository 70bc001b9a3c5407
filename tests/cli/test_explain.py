"""`monitor explain` tells a person and a program the same, of articles that are known and of those that are not."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.articles import address_keys
from monitor.cli.version_output import show_versions
from monitor.model import Alert, Item, Kind, Match
from monitor.reports.version_history import version_history
from monitor.store import Store, article_queries, deliveries
from tests.cli.stand import FILES, NOW, Stand, fill, piece, stand
from tests.store.make import key

URL = "https://tass.example.org/one"
SITE = "https://wire.example.org"


@pytest.fixture
def here(tmp_path: Path, store: Store) -> Stand:
    made = stand(tmp_path)
    made.use(store)
    fill(store, [piece("one", "The harbour at night", url=URL, keys=tuple(address_keys("wire", URL)))])
    return made


def test_a_known_article_with_the_part_that_failed(here: Stand) -> None:
    ran = here.run("explain", f"{URL}?utm_source=x")
    assert ran.exit_code == 0, ran.output
    assert "The harbour at night" in ran.stdout
    assert "seen in    wire" in ran.stdout
    assert "             polled next 20" in ran.stdout
    assert "Harbour: does not match" in ran.stdout
    assert "talks: " in ran.stdout
    assert "nobody was told" in ran.stdout
    found = json.loads(here.run("explain", URL, "--json").stdout)
    assert (found["known"], found["rules"][0]["matches"], found["mails"]) == (True, False, [])


def test_a_guessed_form_stands_beside_the_command_that_takes_it_away(here: Stand, store: Store) -> None:
    here.write({"rules.yaml": "rules: [{name: Deputy, to: [ann@readers.test], query: name(Tkachuk) OR harbour}]\n"})
    fill(store, [piece("two", "Ткачук у порту", url=f"{SITE}/x", keys=tuple(address_keys("wire", f"{SITE}/x")))])
    command = "monitor names not Tkachuk Ткачук"
    ran = here.run("explain", f"{SITE}/x")
    assert f"             “Ткачук” is a guessed form of name(Tkachuk); wrong? {command}\n" in ran.stdout
    (rule,) = json.loads(here.run("explain", f"{SITE}/x", "--json").stdout)["rules"]
    assert [(one["form"], one["correction"]) for one in rule["guessed"]] == [("Ткачук", command)]
    (written,) = json.loads(here.run("explain", URL, "--json").stdout)["rules"]
    assert (written["matches"], written["guessed"]) == (True, [])


def test_a_rule_that_looks_for_no_words_matches_by_where_an_article_stands(here: Stand) -> None:
    here.write({"rules.yaml": "rules: [{name: All, to: [ann@readers.test], query: 'outlet:wire'}]\n"})
    assert "All: matches by where it stands: it looks for no words\n" in here.run("explain", URL).stdout


def test_the_date_as_given_stands_beside_what_was_read_of_it(here: Stand, store: Store) -> None:
    given = "Mon, 23 Nov 2026 10:00:00 MSK"
    keys = tuple(address_keys("wire", f"{SITE}/dated"))
    dated = piece("two", "Fog", url=f"{SITE}/dated", keys=keys, published_text=given)
    fill(store, [dated])
    lines = here.run("explain", f"{SITE}/dated").stdout
    when_given = f"published  {NOW - timedelta(hours=1):%Y-%m-%d %H:%M} UTC (as given: “{given}”); first seen "
    assert when_given in lines
    assert json.loads(here.run("explain", f"{SITE}/dated", "--json").stdout)["published_text"] == given
    assert "as given" not in here.run("explain", URL).stdout


def _edited(store: Store, title: str, ago: timedelta, body: str = "") -> None:
    fill(store, [piece("one", title, ago, body=body, url=URL, keys=tuple(address_keys("wire", URL)))])


def test_a_diff_shows_each_version_and_what_changed(here: Stand, store: Store) -> None:
    _edited(store, "The harbour at dawn", timedelta(minutes=5))
    ran = here.run("explain", URL, "--diff")
    assert ran.exit_code == 0, ran.output
    first, second, change = ran.stdout.splitlines()[-3:]
    seen = f"{NOW - timedelta(hours=1):%Y-%m-%d %H:%M} UTC"
    assert first == f"version 1  seen {seen} in https://wire.example.org/rss; 0 words"
    assert second.startswith("version 2  seen ")
    assert change == "  title    The harbour at [-night-]{+dawn+}"
    record = json.loads(here.run("explain", URL, "--diff", "--json").stdout)
    assert [(one["version"], one["by"], one["title"]) for one in record["versions"]] == [
        (1, "feed", "The harbour at night"),
        (2, "feed", "The harbour at dawn"),
    ]
    assert record["versions"][1]["changes"] == [
        {
            "field": "title",
            "parts": [
                {"change": "same", "text": "The harbour at "},
                {"change": "removed", "text": "night"},
                {"change": "added", "text": "dawn"},
            ],
        }
    ]
    assert json.loads(here.run("explain", URL, "--json").stdout)["versions"] == []


def test_a_version_says_how_many_words_came_and_went(here: Stand, store: Store) -> None:
    _edited(store, "The harbour at noon", timedelta(minutes=9), "The harbour is closed. All ships wait outside.")
    _edited(store, "The harbour at dawn", timedelta(minutes=5), "The harbour is open.")
    assert "; 4 words: 1 added, 5 taken away\n" in here.run("explain", URL, "--diff").stdout


def test_a_diff_of_a_list_is_for_programs(here: Stand) -> None:
    assert here.run("explain", "-", "--diff", stdin=URL).exit_code == 2
    (one,) = json.loads(here.run("explain", "-", "--diff", "--json", stdin=URL).stdout)
    assert len(one["versions"]) == 1


def test_on_a_terminal_colours_stand_for_the_brackets(
    here: Stand, store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _edited(store, "The harbour at\u202e dawn", timedelta(minutes=5))
    with store.reading() as conn:
        (versions,) = [version_history(conn, 1)]
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    show_versions(versions)
    line = capsys.readouterr().out.splitlines()[-1]
    assert line == "  title    The harbour \x1b[9;31mat night\x1b[0m\x1b[32mat  dawn\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    show_versions(versions)
    assert capsys.readouterr().out.splitlines()[-1].endswith("[-at night-]{+at  dawn+}")


def test_an_unknown_address_says_what_may_be_why(here: Stand) -> None:
    watched = here.run("explain", "https://wire.example.org/two")
    assert watched.exit_code == 1
    assert "watched    wire" in watched.stdout
    assert "             polled next 20" in watched.stdout
    assert "nothing went wrong" in watched.stdout
    other = here.run("explain", "https://elsewhere.test/two")
    assert "no outlet of this host is watched (outlets.yaml)" in other.stdout
    assert json.loads(here.run("explain", "https://elsewhere.test/two", "--json").stdout)["feeds"] == []


def test_the_files_of_outlets_that_are_there_are_named(here: Stand) -> None:
    (here.config / "outlets").mkdir()
    (here.config / "outlets.yaml").rename(here.config / "outlets" / "press.yaml")
    (here.config / "outlets" / "more.yaml").write_text("outlets: []\n")
    other = here.run("explain", "https://elsewhere.test/two")
    assert "no outlet of this host is watched (outlets/*.yaml)" in other.stdout


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


def test_a_list_in_a_pipe_has_one_line_for_each_address_however_long_and_no_comments(here: Stand) -> None:
    long = f"{SITE}/{'x' * 300}"
    ran = here.run("explain", "-", stdin=f"# from the archive\n{URL}\n{long}\n")
    heading, known, unknown = ran.stdout.splitlines()
    assert (heading.split()[0], known.split()[0], unknown.split()[0]) == ("address", URL, long)


def test_an_empty_list_is_bad_usage(here: Stand) -> None:
    assert here.run("explain", "-", stdin="\n \n").exit_code == 2


def _told(store: Store, *names: str, state: str = "sent", rule: str = "Harbour") -> None:
    """Let the first of the pieces be told to Ann, in a mail that stands so."""
    found = (Match(rule),)
    with store.begin() as conn:
        ids = [
            one.id
            for name in names
            if (one := article_queries.by_url_key(conn, address_keys("wire", f"{SITE}/{name}")))
        ]
        article_queries.keep_matches(conn, [(id_, 1, found) for id_ in ids], NOW)
        items = (Item(ids[0], ids[0], found),)
        (kept,) = deliveries.add(conn, [Alert("ann@readers.test", "story:1", 0, Kind.ALERT, NOW, items)], NOW)
        change = (
            f"UPDATE deliveries SET state = '{state}', last_error = '550 no', note = 'x' WHERE id = {kept.delivery_id}"
        )
        conn.exec_driver_sql(change)


@pytest.fixture
def copied(tmp_path: Path, store: Store) -> tuple[Stand, Store]:
    """Two outlets with one story that the rule finds."""
    made = stand(tmp_path)
    made.use(store)
    options: dict[str, Any] = {"lead": "About talks.", "body": "About talks.", "story_keys": (key("one story"),)}
    past = [
        piece(
            name,
            "Harbour talks",
            url=f"{SITE}/{name}",
            outlet=outlet,
            keys=tuple(address_keys("wire", f"{SITE}/{name}")),
            **options,
        )
        for name, outlet in (("first", "tass"), ("copy", "wire"))
    ]
    fill(store, past)
    return made, store


def test_what_an_article_is_to_its_story_is_told_and_why(copied: tuple[Stand, Store]) -> None:
    here, _ = copied
    said = here.run("explain", f"{SITE}/copy").stdout
    assert (
        "story      1, 2 articles at 2 outlets\n             its text is that of tass (1.00): the same address\n"
        in said
    )
    assert "its text is" not in here.run("explain", f"{SITE}/first").stdout
    story = json.loads(here.run("explain", "--json", f"{SITE}/copy").stdout)["story"]
    assert {key: story[key] for key in ("relation", "resembles", "score", "why")} == {
        "relation": "copy",
        "resembles": 1,
        "score": 1.0,
        "why": ["the same address"],
    }


def test_a_mail_that_was_put_off_says_how_often_and_the_last_answer(copied: tuple[Stand, Store]) -> None:
    here, store = copied
    _told(store, "first", state="waiting")
    with store.begin() as conn:
        conn.exec_driver_sql("UPDATE deliveries SET attempts = 2")
    assert "to ann@readers.test, put off 2 times: 550 no\n" in here.run("explain", f"{SITE}/first").stdout
    (mail,) = json.loads(here.run("explain", f"{SITE}/first", "--json").stdout)["mails"]
    assert (mail["attempts"], mail["why"]) == (2, "550 no")


def test_a_copy_names_the_mail_that_told_its_story(copied: tuple[Stand, Store]) -> None:
    here, store = copied
    _told(store, "first", "copy")
    ran = here.run("explain", f"{SITE}/copy")
    assert "ann@readers.test: already told by tass's article: told in mail 1, sent" in ran.stdout
    assert f"also at    tass  {SITE}/first" in ran.stdout
    assert "nobody was told" not in ran.stdout
    assert "only the feed's summary was judged (2 words)" in ran.stdout
    record = json.loads(here.run("explain", f"{SITE}/copy", "--json").stdout)
    (rule,) = record["rules"]
    assert [(one["to"], one["mail"], one["state"]) for one in rule["told"]] == [("ann@readers.test", 1, "sent")]
    assert rule["told"][0]["already_told_by"]["outlet"] == record["story"]["others"][0]["outlet"] == "tass"
    assert (record["judged"], record["mails"]) == ("summary", [])
    lines = here.run("explain", "-", stdin=f"{SITE}/copy\n{SITE}/first\n").stdout.splitlines()
    assert "already told by tass's article" in lines[1]
    assert "1 sent" in lines[2]
    assert "already" not in lines[2]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("waiting", "mail 1 is due since"),
        ("held", "mail 1 is held back (monitor alerts release 1)"),
        ("failed", "mail 1 failed"),
        ("dropped", "mail 1 dropped"),
    ],
)
def test_where_a_mail_stands_is_said(copied: tuple[Stand, Store], state: str, said: str) -> None:
    here, store = copied
    _told(store, "first", state=state)
    assert f"ann@readers.test: {said}" in here.run("explain", f"{SITE}/first").stdout


def test_an_outlet_that_broke_is_the_reason_everywhere(here: Stand, store: Store) -> None:
    with store.begin() as conn:
        conn.exec_driver_sql("UPDATE feeds SET failures = 3, last_error = 'answers 503 Service Unavailable'")
    url = "https://wire.example.org/two"
    said = "wire's feed https://wire.example.org/rss could not be read so far: answers 503 Service Unavailable"
    shown = here.run("explain", url).stdout
    assert f"why: {said}" in shown
    assert "nothing went wrong" not in shown
    record = json.loads(here.run("explain", url, "--json").stdout)
    assert (record["why"], record["broken"][0]["failures"]) == ([said], 3)
    assert said in here.run("explain", "-", stdin=url).stdout
    with store.begin() as conn:
        conn.exec_driver_sql("UPDATE feeds SET last_ok_at = 1700000000000000")
    assert "was last read 2023-11-14 22:13 UTC, and not since: answers 503" in here.run("explain", url).stdout


def test_a_rule_that_is_no_more_names_what_it_told_and_the_new_one_says_so(copied: tuple[Stand, Store]) -> None:
    here, store = copied
    _told(store, "first", rule="Port")
    shown = here.run("explain", f"{SITE}/first").stdout
    assert "Port: is in the files no more (it matched in version 1)" in shown
    assert "ann@readers.test: already told for rule Port: told in mail 1, sent" in shown
    rules = FILES["rules.yaml"].replace("  - name: Harbour", "  - name: Harbour\n    active: no")
    here.write({"rules.yaml": rules})
    assert "Harbour: is not active" in here.run("explain", f"{SITE}/first", "--rule", "Harbour").stdout
    record = json.loads(here.run("explain", f"{SITE}/first", "--json").stdout)
    assert [(one["rule"], one["standing"], len(one["told"])) for one in record["rules"]] == [("Port", "gone", 1)]


def test_json_says_what_the_lines_say(copied: tuple[Stand, Store]) -> None:
    here, store = copied
    _told(store, "first", state="failed")
    record = json.loads(here.run("explain", f"{SITE}/first", "--json").stdout)
    (rule,) = record["rules"]
    assert (rule["terms"], rule["told"][0]["reason"]) == (["harbour", "talk"], "550 no")
    assert (record["mails"][0]["why"], record["language"]) == ("550 no", "en")


@pytest.mark.parametrize("text", ["harbour", "http://[::1", "mailto:ann@readers.test"])
def test_what_is_no_address_is_said_and_ends_no_table(here: Stand, text: str) -> None:
    ran = here.run("explain", text)
    assert (ran.exit_code, "this is no address of an article" in ran.stdout) == (1, True)
    assert json.loads(here.run("explain", text, "--json").stdout)["why"] == [
        "this is no address of an article: expected https://…"
    ]
    assert len(here.run("explain", "-", stdin=f"{text}\n{URL}\n").stdout.splitlines()) == 3


def test_a_feed_s_own_address_is_no_article(here: Stand) -> None:
    shown = here.run("explain", "https://wire.example.org/rss").stdout
    assert "why: this is the address of a feed that is watched, not of an article" in shown
    assert "nothing went wrong" not in shown
