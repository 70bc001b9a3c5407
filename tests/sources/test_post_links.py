"""Which addresses a post keeps behind its text."""

from __future__ import annotations

import pytest

from tests.peers.telegram import text
from tests.sources.test_telegram import only


@pytest.mark.parametrize(
    ("href", "words", "kept"),
    [
        ("https://ria.test/2026/peskov.html", "said", True),
        ("https://t.me/other/55", "there", True),
        ("https://vk.com/wall-1_2?w=3", "there", True),
        ("https://ria.test/peskov", "ria.test/peskov", False),
        ("https://www.ria.test/peskov/", "RIA.test/peskov", False),
        ("https://ria.test/peskov", "&#8203;", False),
        ("https://ria.test/", "RIA", False),
        ("https://t.me/harbour", "Subscribe", False),
        ("https://t.me/+AbCdEfG", "Join", False),
        ("https://telegram.me/harbour", "Subscribe", False),
        ("https://telegram.me/other/55", "there", True),
        ("https://vk.com/harbour", "VK", False),
        ("?q=%23port", "#port", False),
        ("tg://resolve?domain=x", "open", False),
        ("mailto:a@b.test", "write", False),
        ("https://[", "broken", False),
        (f"https://ria.test/{'x' * 500}", "long", False),
    ],
)
def test_an_address_that_words_lead_to_stands_behind_the_text(href: str, words: str, *, kept: bool) -> None:
    entry = only(text(f'Peskov <a href="{href}">{words}</a> so.'))
    assert entry.content.split("\n")[1:] == ([f"→ {href}"] if kept else [])
    assert entry.title == entry.content.split("\n")[0]


def test_of_many_links_the_first_are_kept_each_once() -> None:
    links = "".join(f'<a href="https://n.test/{at // 2}">word</a> ' for at in range(50))
    assert only(text(links)).content.split("\n")[1:] == [f"→ https://n.test/{at}" for at in range(10)]
