"""Stored articles are searched for those with a name, of its events, and with its given name; on both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from monitor.run.config_folder import read_config
from monitor.steps.name_evidence import NameReader
from monitor.steps.past_matches import Span
from monitor.store import Store
from tests.cli.stand import NOW, fill, piece, stand

NAMES = "names:\n  - {name: Trump, also: [Трамп]}\n  - {name: Padilla, also: [Падилья]}\n"


def proposed(tmp_path: Path, store: Store, name: str = "Gavin Newsom", span: Span = (None, None)) -> list[str]:
    here = stand(tmp_path)
    here.write({"names.yaml": NAMES})
    config = read_config(here.config, tmp_path / "data").require_config()
    found, _ = NameReader(store, config, [name], NOW).proposals(name, span)
    return [one.spelling for one in found]


def test_an_article_of_the_same_event_is_found_by_the_names_in_it(tmp_path: Path, store: Store) -> None:
    fill(
        store,
        [
            piece("en", "Newsom met Trump", timedelta(hours=5), lead="Gavin Newsom met Trump and Padilla."),
            piece("ru", "Закон", timedelta(hours=3), lead="Трамп и Падилья слушали, что сказал Ньюсам.", language="ru"),
            piece("other", "Погода", timedelta(hours=3), lead="Сегодня Ньюхэм под дождём.", language="ru"),
        ],
    )
    assert proposed(tmp_path, store) == ["Ньюсам"]
    assert proposed(tmp_path, store, span=(NOW - timedelta(hours=4), None)) == []


def test_where_else_a_word_stands_is_read_before_it_is_proposed(tmp_path: Path, store: Store) -> None:
    fill(
        store,
        [
            piece("en", "Newsom met Trump", timedelta(hours=5), lead="Gavin Newsom met Trump and Padilla."),
            piece("ru", "Закон", timedelta(hours=3), lead="Трамп и Падилья слушали, что сказал Ньюсам.", language="ru"),
            *(
                piece(f"opera {number}", "Опера", timedelta(days=number), lead="Пела Елена Ньюсам.", language="ru")
                for number in range(4, 8)
            ),
        ],
    )
    assert proposed(tmp_path, store) == []


def test_a_name_that_no_query_can_hold_proposes_nothing(tmp_path: Path, store: Store) -> None:
    assert proposed(tmp_path, store, 'Gavin "Gav" Newsom') == []
