from pathlib import Path

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
        rules_removed=("Four",),
        changed_queries=("Three", "Two"),
        recipients_added=("bob@m.test",),
        recipients_removed=(),
        routes=(("Five", "ann@m.test"), ("One", "bob@m.test")),
        settings=True,
    )
    assert str(found).startswith("outlets added: d.test; outlets removed: c.test")


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
