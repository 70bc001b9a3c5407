"""What a search finds is a record with its matches marked; on both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from monitor.query import compile_query
from monitor.reports.as_json import as_json
from monitor.reports.search_hits import search
from monitor.run.config_folder import read_config
from monitor.store import Store
from tests.cli.stand import NOW, fill, piece, stand


def test_the_newest_come_first_with_what_they_matched(tmp_path: Path, store: Store) -> None:
    config = read_config(stand(tmp_path).config, tmp_path / "data").config
    assert config is not None
    fill(
        store,
        [
            piece("old", "Peskov spoke", timedelta(days=20)),
            piece("new", "The harbour", timedelta(hours=2), lead="They met. Peskov is away. They left."),
            piece("none", "Nothing at all"),
        ],
    )
    rule = compile_query("tried", "name(Peskov)", config.scope)
    new, old = search(store, config, rule, (None, None), NOW)
    assert (new.title, old.title, new.language) == ("The harbour", "Peskov spoke", "en")
    assert [quote.text for quote in new.quotes] == ["Peskov is away."]
    assert [part.text for part in old.heading.parts if part.marked] == ["Peskov"]
    assert new.terms == old.terms == ("name(Peskov)",)
    (span,) = as_json(old)["matches"]
    assert span == {"field": "title", "start": 0, "end": 6, "term": "name(Peskov)"}
    assert "heading" not in as_json(old), "quotes cost more than the search, and only who shows them asks for them"
    (recent,) = search(store, config, rule, (NOW - timedelta(days=1), None), NOW)
    assert recent.id == new.id
