"""What an article is to its story, and what of a development is new there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from monitor.articles import address_keys
from monitor.store import Store
from tests.cli.stand import fill, piece, stand
from tests.store.make import key

SITE = "https://news.test"


@pytest.mark.parametrize(
    ("text", "new", "said"),
    [
        ("Talks about the harbour left 14 dead in Riga.", ["14 dead", "Riga"], "14 dead, Riga"),
        ("About talks.", [], "no name, place or number that earlier articles lack"),
    ],
)
def test_a_development_names_what_was_held_to_be_new(
    tmp_path: Path, store: Store, text: str, new: list[str], said: str
) -> None:
    here = stand(tmp_path)
    here.use(store)
    options: dict[str, Any] = {"language": "en", "story_keys": (key("one story"),)}
    past = [
        piece(name, "Harbour talks", url=f"{SITE}/{name}", keys=tuple(address_keys("wire", f"{SITE}/{name}")), **said)
        for name, said in (("first", {"body": "About talks."} | options), ("more", {"body": text} | options))
    ]
    fill(store, past)
    with store.begin() as conn:
        conn.exec_driver_sql("UPDATE story_links SET relation = 'update'")
    assert f"\n             told as a development: new here: {said}" in here.run("explain", f"{SITE}/more").stdout
    assert json.loads(here.run("explain", "--json", f"{SITE}/more").stdout)["story"]["new"] == new
    assert "development" not in here.run("explain", f"{SITE}/first").stdout
