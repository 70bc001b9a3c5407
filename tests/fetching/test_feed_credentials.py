from __future__ import annotations

import pytest

from monitor.fetching import with_credentials

FEEDS = ["https://open.test/rss", "https://ann:s%40cret@news.test/rss", "http://bob:word@old.test:8080/rss"]


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://news.test/2026/a?x=1", "https://ann:s%40cret@news.test/2026/a?x=1"),
        ("http://old.test:8080/a", "http://bob:word@old.test:8080/a"),
        ("http://news.test/a", "http://news.test/a"),
        ("https://news.test:8443/a", "https://news.test:8443/a"),
        ("https://old.test/a", "https://old.test/a"),
        ("https://www.news.test/a", "https://www.news.test/a"),
        ("https://news.test.evil.test/a", "https://news.test.evil.test/a"),
        ("https://eve:x@news.test/a", "https://eve:x@news.test/a"),
        ("https://open.test/a", "https://open.test/a"),
        ("https://NEWS.test./a", "https://ann:s%40cret@NEWS.test./a"),
        ("https://[news.test/a", "https://[news.test/a"),
        ("mailto:a@news.test", "mailto:a@news.test"),
        ("", ""),
    ],
)
def test_a_page_has_the_credentials_of_a_feed_at_its_own_host_only(url: str, asked: str) -> None:
    assert with_credentials(url, FEEDS) == asked


def test_a_page_of_a_plain_feed_that_went_over_to_https_has_them_too() -> None:
    assert with_credentials("https://a.test/1", ["http://u:p@a.test/rss"]) == "https://u:p@a.test/1"
