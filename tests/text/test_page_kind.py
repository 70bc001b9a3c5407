"""A page is a captcha, an error page or any other by its title and words."""

from __future__ import annotations

import pytest

from monitor.text.page_kind import page_kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("<title>Hi</title> Checking your browser", ("captcha", "Hi")),
        ("<title>Доступ ограничен</title>", ("captcha", "Доступ ограничен")),
        ("<title>Ошибка 404</title>", ("error page", "Ошибка 404")),
        ("<title>Route 4040 opens</title>", ("html page", "Route 4040 opens")),
        # A long page is read as one: that it speaks of a captcha means nothing.
        ("<title>News</title> captcha" + " " * 60_000, ("html page", "News")),
    ],
)
def test_the_kind_of_a_page_is_told_by_its_title_and_words(head: str, kind: tuple[str, str]) -> None:
    assert page_kind(head) == kind
