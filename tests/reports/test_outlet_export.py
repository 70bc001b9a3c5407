"""OPML of the outlets: other programs read it, and our import gets back what it can say."""

from __future__ import annotations

from pathlib import Path

from monitor.config.outlet_import import import_outlets
from monitor.reports.outlet_export import export_outlets
from tests.config.helpers import loaded

OUTLETS = """\
outlets:
  - name: "a & b"
    title: "A <b>"
    feeds: ["https://a.test/1?x=1&y=2", https://a.test/2]
    language: ru
    country: ru
    groups: [press, agencies]
  - {name: secret, feeds: ["https://ann:pw@s.test/rss", https://s.test/open]}
  - {name: other, sitemap: https://o.test/s.xml, page: https://o.test/latest}
  - {name: channel, telegram: bbcrussian}
  - {name: off, feed: https://off.test/rss, active: no}
"""


def test_what_is_exported_comes_back(tmp_path: Path) -> None:
    config = loaded(tmp_path / "one", {"outlets.yaml": OUTLETS}).require_config()
    exported = export_outlets(config)
    assert exported.left_out == ("secret",)
    assert "pw" not in exported.opml
    empty = loaded(tmp_path / "two", {"monitor.yaml": "timezone: UTC\n"})
    found = import_outlets(tmp_path / "two", tmp_path, empty, ("x.opml", exported.opml.encode()))
    assert not found.problems
    assert found.edit is not None
    back = found.edit.config.outlets
    assert set(back) == {"a & b", "secret", "other", "channel"}
    assert back["a & b"] == config.outlets["a & b"]
    assert back["other"] == config.outlets["other"]
    assert back["channel"].feeds == config.outlets["channel"].feeds
    assert [feed.url for feed in back["secret"].feeds] == ["https://s.test/open"]


def test_groups_are_outlines_and_only_feeds_have_an_xml_address(tmp_path: Path) -> None:
    config = loaded(tmp_path, {"outlets.yaml": OUTLETS}).require_config()
    lines = export_outlets(config).opml.splitlines()
    at = lines.index('    <outline text="agencies">')
    assert lines[at + 1].strip().startswith('<outline type="rss" text="a &amp; b" title="A &lt;b&gt;" xmlUrl=')
    assert 'category="/agencies,/press"' in lines[at + 1]
    assert sum("xmlUrl" in line for line in lines) == 3
    assert sum(' url="' in line for line in lines) == 3


def test_without_outlets_it_is_empty_opml(tmp_path: Path) -> None:
    config = loaded(tmp_path, {"monitor.yaml": "timezone: UTC\n"}).require_config()
    assert export_outlets(config).opml.endswith("  <body>\n  </body>\n</opml>\n")
