"""An outlet that was stored as a text comes back exactly, whatever it is, or is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config import load
from monitor.config.outlet_rows import OutletLookup, OutletRow, index_of, pack_names, pack_outlets, pack_row, unpack_row
from monitor.config.site_access import Login, SiteAccess
from monitor.errors import StoreError
from monitor.model import Feed, Outlet

DATA = Path("/var/lib/worker")
CONFIG = """\
outlets:
  - {name: "Ουτοπία ' DROP TABLE", feed: https://a.test/rss, groups: [east, north], country: gr, every: 5m}
  - {name: quiet, feed: https://b.test/rss, groups: [east], language: uk, active: no}
  - {name: asked, feeds: [https://c.test/rss, https://c.test/2], user_agent: agency/1, headers: {X-Key: "1"}}
"""


def _any(kind: Any, **given: Any) -> Any:
    """Any value of a dataclass: each of its fields is made by its type, unless it is given; mappings are dicts."""
    types = get_type_hints(kind)
    made = {one.name: st.from_type(_as_dict(types[one.name])) for one in fields(kind) if one.name not in given}
    return st.builds(kind, **made, **given)


def _as_dict(kind: Any) -> Any:
    return dict[get_args(kind)] if get_origin(kind) is Mapping else kind  # type: ignore[misc]


FEEDS = _any(Feed, every=st.none() | st.timedeltas(timedelta(seconds=1), timedelta(days=400)))
SITES = _any(SiteAccess, folder=st.just(DATA), login=st.none() | _any(Login))
ROWS = st.builds(OutletRow, _any(Outlet, feeds=st.lists(FEEDS, max_size=3).map(tuple)), st.none() | SITES)


@settings(max_examples=50)
@given(ROWS)
def test_any_outlet_comes_back_exactly(row: OutletRow) -> None:
    assert unpack_row(pack_row(row), DATA) == row


def test_files_of_an_outlet_count_from_the_folder_of_the_machine_that_reads_it() -> None:
    row = OutletRow(Outlet("a", "a", ()), SiteAccess((), Path("/elsewhere"), header_files={"x-key": "key"}))
    assert "elsewhere" not in pack_row(row)
    read = unpack_row(pack_row(row), DATA)
    assert read == OutletRow(row.outlet, SiteAccess((), DATA, header_files={"x-key": "key"}))


def test_the_same_outlet_is_the_same_text() -> None:
    groups = [f"group {number}" for number in range(20)]
    texts = {pack_row(OutletRow(Outlet("a", "a", (), groups=frozenset(some)))) for some in (groups, groups[::-1])}
    assert len(texts) == 1
    assert json.loads(texts.pop())["outlet"]["groups"] == sorted(groups)


@pytest.mark.parametrize("change", [{"unheard_of": 1}, {"fulltext": "sometimes"}, {"feeds": [{"link": "x"}]}])
def test_what_another_version_stored_and_this_one_does_not_know_is_refused(change: dict[str, Any]) -> None:
    packed = json.loads(pack_row(OutletRow(Outlet("a", "a", ()))))
    packed["outlet"] |= change
    with pytest.raises(StoreError, match=f"another version: outlet.{next(iter(change))}"):
        unpack_row(json.dumps(packed), DATA)


def test_a_configuration_of_rows_is_that_of_the_files(tmp_path: Path) -> None:
    """Rules may name the same outlets, and each comes back, with those that have ways of their own."""
    (tmp_path / "outlets.yaml").write_text(CONFIG, encoding="utf-8")
    config = load(tmp_path, data=DATA).require_config()
    packed = pack_outlets(config)
    rows = {name: unpack_row(text, DATA) for name, text in packed.rows.items()}
    assert {name: row.outlet for name, row in rows.items()} == config.outlets
    assert {name: row.site for name, row in rows.items() if row.site} == config.sites
    index = index_of(packed.names, OutletLookup(config.outlets, config.feeds, config.sites))
    assert index.names == set(config.scope.outlets) >= {"quiet"}
    assert index.groups == {"east": ["Ουτοπία ' DROP TABLE", "quiet"], "north": ["Ουτοπία ' DROP TABLE"]}
    assert (index.countries, index.languages) == (set(config.scope.countries), set(config.scope.languages))
    assert pack_names(replace(config.scope, outlets=index.names, groups=index.groups)) == packed.names
