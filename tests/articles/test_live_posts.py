"""Of a live page each post has its own text, however its id is attached; other pages are left whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles import named_part

POSTS = {
    number: f"Post {number} says that the {what} opened on Monday after ten long months of work by many hands."
    for number, what in ((7, "harbour"), (8, "mill"), (9, "bridge"))
}


def page(form: str, names: str = "post-{}") -> str:
    """A live page, the newest post first, each laid out by a form of its id, title and text."""
    posts = "".join(
        form.format(id=names.format(number), title=f"Title {number}", text=POSTS[number]) for number in (9, 8, 7)
    )
    return f"<html><body><h1>Live: the day</h1><p>Follow us here.</p><main>{posts}</main><footer>All rights</footer>"


@pytest.mark.parametrize(
    "form",
    [
        "<article id={id}><h2>{title}</h2><p>{text}</p></article>",
        "<div><h2 id={id}>{title}</h2><p>{text}</p></div>",
        "<h2 id={id}>{title}</h2><p>{text}</p>",
        "<a name={id}></a><h2>{title}</h2><p>{text}</p>",
        "<p><a id={id} href=#>10:3{id}</a></p><h2>{title}</h2>{text}<br>",
        "<section><div><span id='{id}'></span></div><h2>{title}</h2><div><p>{text}</p></div></section>",
    ],
)
@pytest.mark.parametrize("names", ["post-{}", "block-65a1f2c3e4b{}"])
def test_each_post_has_its_own_text(form: str, names: str) -> None:
    for number, text in POSTS.items():
        part = named_part(page(form, names), f"https://news.test/live#{names.format(number)}")
        assert f"Title {number}" in part
        assert text in " ".join(part.split())
        assert not [other for other in POSTS if other != number and POSTS[other] in part]
        assert "Follow us" not in part


@pytest.mark.parametrize(
    "url",
    [
        "https://news.test/live",
        "https://news.test/live#comments",
        "https://news.test/live#xtor=RSS-1",
        "https://news.test/live#post-5",
        "https://news.test/live#7",
    ],
)
def test_an_address_that_names_no_post_leaves_the_page_whole(url: str) -> None:
    html = page("<article id={id}><h2>{title}</h2><p>{text}</p></article>")
    assert named_part(html + "<div id=comments>Many</div>", url) == ""


def test_a_part_of_an_article_is_no_post() -> None:
    """A link to its only numbered heading leads to the article."""
    html = f"<article><h1>News</h1><p>{POSTS[7]}</p><h2 id=part-2>More</h2><p>{POSTS[8]}</p></article>"
    assert named_part(html, "https://news.test/a#part-2") == ""


@given(st.text("<>ab1 \"'=/#&;idnameartcl-", max_size=200), st.text("ab1#&?/\"'-", max_size=12))
def test_any_page_has_a_text_or_none(html: str, fragment: str) -> None:
    assert isinstance(named_part(f"<i id='{fragment}'>" + html, f"https://news.test/#{fragment}"), str)
