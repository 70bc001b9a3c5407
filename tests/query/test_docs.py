"""Every example of docs/rules.md does what the page says, and every operator and field is on it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.model import Article, Outlet
from monitor.query import BINARY, Scope, compile_query, document
from monitor.query.functions import FUNCTIONS
from monitor.query.rule_fields import META_FIELDS, TEXT_FIELDS
from monitor.text.forms import expand_name, expand_word

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
HEAD = "| rule | finds | passes over |"
SCOPE = Scope(words=expand_word, names=lambda name: expand_name(name, {}))


def examples() -> list[tuple[str, str, str]]:
    rows, inside = [], False
    for line in PAGE.splitlines():
        inside = line == HEAD or (inside and line.startswith("|"))
        if inside and line.startswith("| `"):
            rule, finds, passes = (cell.strip() for cell in line.strip("|").split(" | "))
            rows.append((rule.strip("`"), finds, passes))
    return rows


def matches(query: str, text: str) -> bool:
    title, _, body = text.rpartition(" ¶ ") if "title:" in query or "body:" in query else ("", "", text)
    article = Article("outlet", "", title, body=body.replace(" ¶ ", "\n"))
    return compile_query("rule", query, SCOPE).match(document(article, Outlet("outlet", "", ())), NOW) is not None


@pytest.mark.parametrize(("query", "finds", "passes"), examples())
def test_an_example_does_what_the_page_says(query: str, finds: str, passes: str) -> None:
    assert matches(query, finds)
    assert not matches(query, passes)


def test_the_page_has_examples() -> None:
    assert len(examples()) > 35


@pytest.mark.parametrize("word", sorted({*BINARY, *TEXT_FIELDS, *META_FIELDS, *FUNCTIONS, "words"}))
def test_every_operator_field_and_function_is_on_the_page(word: str) -> None:
    assert re.search(rf"`[^`]*{word}", PAGE)
