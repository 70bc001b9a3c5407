from dataclasses import replace
from pathlib import Path

import pytest

from monitor.config import Changes, diff
from tests.config.helpers import good

PEOPLE = "people: [{name: ann, mail: ann@m.test}, {name: bob, mail: bob@m.test}]\n"
BEFORE = {
    "people.yaml": PEOPLE,
    "outlets.yaml": "outlets: [https://a.test/rss, https://b.test/rss, https://c.test/rss]\n",
    "rules.yaml": """
        rules:
          - {name: One, to: [ann], query: walrus}
          - {name: Two, to: [ann], query: "@talks"}
          - {name: Three, to: [ann], query: lynx}
          - {name: Four, to: [ann], query: heron}
        lists: {talks: [talk]}
        """,
}
AFTER = {
    "outlets.yaml": "outlets: [https://a.test/rss, {feed: https://b.test/rss, language: en}, https://d.test/rss]\n",
    "rules.yaml": """
        rules:
          - {name: One, to: [ann, bob], query: walrus}
          - {name: Two, to: [ann], query: "@talks"}
          - {name: Three, to: [ann], query: lynx OR otter}
          - {name: Four, to: [ann], query: heron, active: no}
          - {name: Five, to: [ann], query: badger}
        lists: {talks: [talk, parley]}
        """,
    "monitor.yaml": "timezone: Europe/Kyiv\n",
}


def test_what_changed(tmp_path: Path) -> None:
    before = good(tmp_path, BEFORE)
    after = good(tmp_path, AFTER, previous=before)
    found = diff(before, after)
    assert found == Changes(
        outlets_added=("d.test",),
        outlets_removed=("c.test",),
        outlets_changed=("b.test",),
        rules_added=("Five",),
        rules_switched_off=("Four",),
        changed_queries=("Three", "Two"),
        recipients_added=("bob@m.test",),
        recipients_removed=(),
        routes=(("Five", "ann@m.test"), ("One", "bob@m.test")),
        settings=True,
        people_changed=("ann", "bob"),
    )
    assert str(found).startswith("outlets added: d.test; outlets removed: c.test")
    assert "rules switched off: Four" in str(found)


def test_what_is_switched_off_is_not_removed_and_what_is_switched_on_not_added(tmp_path: Path) -> None:
    on = good(tmp_path, BEFORE)
    outlets = "outlets: [https://a.test/rss, https://b.test/rss, {feed: https://c.test/rss, active: no}]\n"
    off = good(tmp_path, {**BEFORE, "outlets.yaml": outlets, "rules.yaml": AFTER["rules.yaml"]}, previous=on)
    found = diff(on, off)
    assert (found.outlets_switched_off, found.rules_switched_off) == (("c.test",), ("Four",))
    assert (found.outlets_removed, found.rules_removed) == ((), ())
    found = diff(off, on)
    assert (found.outlets_switched_on, found.rules_switched_on) == (("c.test",), ("Four",))
    assert (found.outlets_added, found.rules_added) == ((), ())
    assert found.rules_removed == ("Five",)


def test_nothing_changed(tmp_path: Path) -> None:
    before = good(tmp_path, BEFORE)
    after = good(tmp_path, BEFORE, previous=before)
    assert not diff(before, after)
    assert str(diff(before, after)) == "nothing changed"


def test_everything_is_new_at_first(tmp_path: Path) -> None:
    found = diff(None, good(tmp_path, BEFORE))
    assert found.outlets_added == ("a.test", "b.test", "c.test")
    assert found.recipients_added == ("ann@m.test",)
    assert len(found.routes) == 4
    assert not found.settings


def test_an_edited_template_is_named(tmp_path: Path) -> None:
    before = good(tmp_path, BEFORE)
    texts = (("alert.txt", "one"), ("base.txt", "two"), ("digest.txt", "three"))
    edited, later = replace(before, templates=texts[:2]), replace(before, templates=(("alert.txt", "1"), *texts[1:]))
    assert str(diff(before, edited)) == "templates changed: alert.txt, base.txt"
    assert str(diff(edited, later)) == "templates changed: alert.txt, digest.txt"
    assert str(diff(edited, before)) == "templates changed: alert.txt, base.txt"
    assert not diff(edited, edited)


@pytest.mark.parametrize(
    ("people", "rule", "said"),
    [
        ("away: 2026-12-24..2027-01-06", "", "people changed: ann"),
        ('quiet: "22:00-07:00"', "", "people changed: ann; rules told otherwise: Four, One, Three, Two"),
        ("max_per_hour: 3", "", "people changed: ann; rules told otherwise: Four, One, Three, Two"),
        ("", "until: 2026-12-24", "rules told otherwise: One"),
        ("", "urgent: yes", "rules told otherwise: One"),
    ],
)
def test_how_somebody_is_told_is_a_change(tmp_path: Path, people: str, rule: str, said: str) -> None:
    changed = {
        **BEFORE,
        "people.yaml": PEOPLE.replace("ann@m.test", f"ann@m.test, {people}") if people else PEOPLE,
        "rules.yaml": BEFORE["rules.yaml"].replace("walrus}", f"walrus, {rule}}}" if rule else "walrus}"),
    }
    before = good(tmp_path, BEFORE)
    assert str(diff(before, good(tmp_path, changed, previous=before))) == said
