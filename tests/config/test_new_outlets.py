"""An outlet that a command writes: in the style of its file, without what is not its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config import load
from monitor.config.append_entry import append_entry
from monitor.config.file_parser import parse_file
from monitor.config.models import OutletsFile
from monitor.config.new_outlets import OutletDraft, add_outlet, address_key, address_places, outlet_places
from monitor.errors import ConfigError

DRAFT = OutletDraft(
    "лента: новости",
    {
        "feed": ("https://news.test/rss?a=1&b=#x",),
        "sitemap": ("https://news.test/s.xml",),
    },
    title="News [daily]",
    language="no",
    groups=("press", "a b"),
)


def folder(tmp_path: Path, **files: str) -> Path:
    config = tmp_path / "config"
    (config / "outlets").mkdir(parents=True)
    for name, text in files.items():
        (config / f"{name.replace('__', '/')}.yaml").write_text(text)
    return config


def add(config: Path, draft: OutletDraft) -> tuple[str, str]:
    """The file that would be written, and its text."""
    edit = add_outlet(config, config.parent, load(config, data=config.parent), draft)
    return str(edit.file.relative_to(config)), edit.text


@pytest.mark.parametrize("before", ["", "outlets:\n  - https://a.test/rss\n", "outlets: [https://a.test/rss]\n"])
def test_an_outlet_is_read_back_as_it_was_given(tmp_path: Path, before: str) -> None:
    config = folder(tmp_path, monitor="timezone: UTC\n", **({"outlets": before} if before else {}))
    edit = add_outlet(config, tmp_path, load(config, data=tmp_path), DRAFT)
    outlet = edit.config.outlets[DRAFT.name]
    assert outlet.groups == {"press", "a b"}
    assert (outlet.title, outlet.language) == ("News [daily]", "no")
    assert [(feed.kind, feed.url) for feed in outlet.feeds] == [
        ("feed", "https://news.test/rss?a=1&b=#x"),
        ("sitemap", "https://news.test/s.xml"),
    ]


def test_several_feeds_stand_below_each_other() -> None:
    draft = OutletDraft("news", {"feed": ("https://n.test/a", "https://n.test/b")}, country="ua", groups=("press", "x"))
    assert draft.lines() == [
        "- name: news",
        "  feeds:",
        "    - https://n.test/a",
        "    - https://n.test/b",
        "  country: ua",
        "  groups: [press, x]",
    ]


def test_an_outlet_takes_no_part_in_the_defaults_of_a_file(tmp_path: Path) -> None:
    config = folder(tmp_path, outlets__ua="defaults: {country: ua}\noutlets: [https://a.test/rss]\n")
    draft = OutletDraft("news", {"feed": ("https://n.test/a",)})
    assert add(config, draft) == ("outlets/added.yaml", "outlets:\n  - name: news\n    feed: https://n.test/a\n")
    config = folder(tmp_path / "other", outlets__ua="outlets: [https://a.test/rss]\n")
    assert add(config, draft)[0] == "outlets/ua.yaml"


def test_what_would_not_load_is_not_written(tmp_path: Path) -> None:
    config = folder(tmp_path, outlets="outlets: [https://a.test/rss]\n")
    with pytest.raises(ConfigError, match=r"is not a web address.*nothing was written"):
        add(config, OutletDraft("news", {"feed": ("no address",)}))


def test_what_stands_in_the_files_is_found_with_its_place(tmp_path: Path) -> None:
    text = "outlets:\n  - {name: News, feed: 'https://ann:pw@www.n.test/a/', active: no}\n  - https://b.test/rss?x=1\n"
    config = folder(tmp_path, outlets=text)
    loaded = load(config, data=tmp_path).require_config()
    assert outlet_places(loaded) == {"news": "outlets.yaml:2", "b.test": "outlets.yaml:3"}
    places = address_places(loaded)
    assert places[address_key("http://n.test/a")] == "outlets.yaml:2"
    assert places[address_key("https://b.test/rss?x=1")] == "outlets.yaml:3"
    assert address_key("https://b.test/rss?x=2") not in places


PRINTABLE = st.text(min_size=1, max_size=30).map(lambda text: "".join(filter(str.isprintable, text)).strip())
URLS = st.lists(
    PRINTABLE.map(lambda text: f"https://n.test/{''.join(text.split())}"), min_size=1, max_size=3, unique=True
)


@pytest.mark.parametrize("before", ["", "outlets: [https://a.test/rss]"])
@given(name=PRINTABLE.filter(bool), title=PRINTABLE, urls=URLS, group=PRINTABLE.filter(bool))
def test_whatever_it_is_called_it_is_read_back(before: str, name: str, title: str, urls: list[str], group: str) -> None:
    draft = OutletDraft(name, {"feed": tuple(urls)}, " ".join(title.split()), "uk", "ua", (group,))
    parsed = parse_file("outlets.yaml", "outlets", append_entry(before, "outlets", draft))
    assert not parsed.problems
    assert isinstance(parsed.model, OutletsFile)
    entry = parsed.model.outlets[-1]
    stated = entry.model_dump()
    urls_read = stated["feed"] or stated["feeds"]
    assert (entry.name, list(urls_read), entry.title or "", entry.groups) == (name, urls, draft.title, (group,))
