"""What a page says of its article as JSON-LD is found in the usual places; damage costs the damaged script alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.linked_data import linked_article

ARTICLE = '{"@type": "NewsArticle", "headline": "Ferry"}'


def script(text: str) -> str:
    return f'<head><script type="application/ld+json">{text}</script></head>'


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        f"[{ARTICLE}]",
        f'{{"@graph": [{{"@type": "WebSite"}}, {ARTICLE}]}}',
        f'{{"@type": "WebPage", "mainEntity": {ARTICLE}}}',
        '{"@type": ["Article", "ReportageNewsArticle"], "headline": "Ferry"}',
        '{"@type": "http://schema.org/NewsArticle", "headline": "Ferry"}',
        ARTICLE.replace('"', "&quot;"),
        f"//<![CDATA[\n{ARTICLE}\n//]]>".replace("//", ""),
        ARTICLE.replace("{", '{"description": "two\nlines", '),
    ],
)
def test_the_article_is_found(text: str) -> None:
    assert linked_article(script(text))["headline"] == "Ferry"


@pytest.mark.parametrize(
    "html",
    [
        "<p>no script</p>",
        script('{"@type": "Organization"}'),
        script(f'{{"@type": "ItemList", "itemListElement": [{ARTICLE}]}}'),
        script('{"@type": "NewsArticle"'),
        script("[" * 100_000),
        script('{"@type": {"a": 1}}'),
        f"<script>{ARTICLE}</script>",
    ],
)
def test_a_page_that_describes_no_article_gives_nothing(html: str) -> None:
    assert linked_article(html) == {}


def test_a_damaged_script_does_not_hide_the_next_and_the_first_article_counts() -> None:
    other = ARTICLE.replace("Ferry", "Bridge")
    assert linked_article(script("{oops") + script(ARTICLE) + script(other))["headline"] == "Ferry"


@given(st.text(st.sampled_from('{}[]":,@typeNewsArticlgph <>/script\\u0'), max_size=200))
def test_any_script_is_read_or_passed_over(text: str) -> None:
    assert isinstance(linked_article(script(text)), dict)
