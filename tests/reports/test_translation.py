"""A query of another system in ours, as a record for anybody."""

from __future__ import annotations

from pathlib import Path

from monitor.reports.as_json import as_json
from monitor.reports.translation import translate_query
from monitor.run.config_folder import read_config
from tests.cli.stand import stand


def test_what_was_left_out_is_remarked_with_its_column() -> None:
    found = translate_query(None, "factiva", "bid adj3 offer and date after -7")
    assert (found.query, found.usable) == ("bid PRE/2 offer", True)
    assert (20, "warning") in [(one.column, one.severity) for one in found.remarks]
    assert list(as_json(found)) == ["from", "original", "query", "usable", "remarks"]
    assert (as_json(found)["from"], as_json(found)["remarks"][-1]["column"]) == ("factiva", 20)


def test_a_draft_that_asks_something_else_is_not_usable() -> None:
    found = translate_query(None, "factiva", "bid and co=ibm")
    assert (found.query, found.usable) == ("bid", False)


def test_outlets_of_the_configuration_are_known(tmp_path: Path) -> None:
    config = read_config(stand(tmp_path).config, tmp_path / "data").require_config()
    assert translate_query(config, "google", "gas site:tass.example.org").query == "gas AND outlet:tass"
    assert "outlet:" not in translate_query(None, "google", "gas site:tass.example.org").query
