"""Faults: words that were not found."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from monitor.alerts import sample_alert
from monitor.articles.urls import fold_url
from monitor.config import load
from monitor.model import Article, NameEntry, Outlet, Page
from monitor.query import Scope, compile_query, document
from monitor.sources import parse
from monitor.text.forms import expand_name, expand_word
from monitor.text.safe_text import safe_link
from tests.alerts.letters import render
from tests.faults.check import Check

_ROOT = Path(__file__).parents[2]
_RULE_AND_TEXT = re.compile(r"rule (\S+)\s+text (.+?)(?=\s{2,}|\s*;|\s*\(|$)", re.MULTILINE)


@cache
def _shipped() -> dict[str, NameEntry]:
    config = load(_ROOT / "config", data=_ROOT / "data").config
    assert config is not None
    return dict(config.names)


def finds(query: str, text: str, language: str = "") -> bool:
    """Whether a rule, with the shipped names, finds an article of this text."""
    scope = Scope(words=expand_word, names=lambda name: expand_name(name, _shipped()))
    article = document(Article("outlet", "", "", body=text, language=language), Outlet("outlet", "", ()))
    return compile_query("rule", query, scope).match(article, datetime(2026, 11, 28, tzinfo=UTC)) is not None


async def _arabic_and_persian_letters(folder: Path, _: Path) -> None:
    pairs = _RULE_AND_TEXT.findall((folder / "expect.txt").read_text(encoding="utf-8"))
    assert len(pairs) >= 6
    assert [(rule, text) for rule, text in pairs if not finds(rule, text)] == []


async def _numbers_with_separators(_: Path, __: Path) -> None:
    for query, text in (
        ('"1000 soldiers"', "some 1,000 soldiers"),
        ('"1,000 soldiers"', "some 1000 soldiers"),
        ('"1000 soldiers"', "some 1\u202f000 soldiers"),
        ("F-16", "an F16"),
        ("F16", "two F-16s"),
        ('"F 16"', "an F16"),
        ('"Су 27"', "истребитель Су27"),
        ('"COVID 19"', "after COVID-19"),
        ("10000", "some 10 000 people"),
        ('"10 000 солдат"', "около 10000 солдат"),
        ('"10 000 солдат"', "около 10 000 солдат"),
        ('"10 000 солдат"', "около 10\u00a0000 солдат"),
        ("1,234,567", "1 234 567 votes"),
    ):
        assert finds(query, text), (query, text)


async def _korean_and_hebrew_affixes(_: Path, __: Path) -> None:
    for query, text, language in (
        ("평양", "평양에서", "ko"),
        ("푸틴", "푸틴은", "ko"),
        ("name(Putin)", "푸틴은", "ko"),
        ("ירושלים", "בירושלים", "he"),
        ("כנסת", "הכנסת", "he"),
        ("name(Putin)", "ולפוטין", "he"),
    ):
        assert finds(query, text, language), (query, text)


async def _sup_glued(_: Path, __: Path) -> None:
    for html, query in (
        ("zebraone<sup>1</sup> text", "zebraone"),
        ("zebranine<button>Share</button>", "zebranine"),
        ("H<sub>2</sub>O", "h2o"),
    ):
        item = f"<item><title>A</title><description><![CDATA[{html}]]></description></item>"
        body = f"<rss><channel>{item}</channel></rss>".encode()
        [entry] = parse("feed", Page("https://news.test/rss", 200, {}, body)).entries
        assert finds(query, entry.summary), (html, entry.summary)


async def _idna_2003(folder: Path, tmp_path: Path) -> None:
    mail = render(sample_alert("monitor@straße.test", "desk@t.test", datetime(2026, 11, 1, tzinfo=UTC)))
    assert mail.sender == "monitor@xn--strae-oqa.test"
    assert mail.message_id.endswith("@xn--strae-oqa.test>")
    for written, asked in (("straße.test", "xn--strae-oqa.test"), ("faß.test", "xn--fa-hia.test")):
        assert safe_link(f"https://{written}/a") == fold_url(f"https://{written}/a") == f"https://{asked}/a"


CHECKS: dict[str, Check] = {
    "arabic-persian-letters": _arabic_and_persian_letters,
    "numbers-with-separators": _numbers_with_separators,
    "korean-hebrew-affixes": _korean_and_hebrew_affixes,
    "idna-2003": _idna_2003,
    "sup-glued": _sup_glued,
}
