"""How a story goes on is a reply to the first mail of it, as mail programs sort mails into threads."""

from __future__ import annotations

import re
from dataclasses import replace

from monitor.alerts import view_of
from monitor.model import Kind
from monitor.story_values import StoryNews
from monitor.text.safe_text import HEADER_CAP
from tests.alerts.letters import bodies, development, item, letter, read, render

FIRST = "<first@example.org>"


def threads(mails: list[dict[str, str]]) -> list[list[str]]:
    """The Message-IDs of each thread, by references and then by subjects, as J. Zawinski does (jwz.org/doc/threading).

    A mail is a child of the id that its References begin with, or else of its In-Reply-To; roots whose subjects differ
    in `Re:` alone are one thread.
    """
    root: dict[str, str] = {}
    for mail in mails:
        references = re.findall(r"<[^>]+>", mail.get("References", "") or mail.get("In-Reply-To", ""))
        root[mail["Message-ID"]] = root.get(references[0], references[0]) if references else mail["Message-ID"]
    by_subject: dict[str, str] = {}
    for mail in mails:
        bare = re.sub(r"^(re:\s*)+", "", mail["Subject"], flags=re.IGNORECASE)
        root[mail["Message-ID"]] = by_subject.setdefault(bare, root[mail["Message-ID"]])
    return [[id_ for id_ in root if root[id_] == one] for one in dict.fromkeys(root.values())]


def test_a_development_is_a_reply_with_the_subject_of_the_first() -> None:
    first, later = render(letter(item(1, "Peskov"))), render(development())
    subject = read(first)["Subject"]
    mail = read(later)
    assert (mail["Subject"], mail["In-Reply-To"], mail["References"]) == (f"Re: {subject}", FIRST, FIRST)
    assert read(first)["References"] is None
    headers = [dict(read(one)) for one in (first, later)]
    headers[0]["Message-ID"] = FIRST
    other = dict(read(render(letter(item(2, "Peskov"), thread="story:2"))))
    assert [len(one) for one in threads([*headers, other])] == [2, 1]


def test_it_says_what_is_new_and_who_has_it() -> None:
    text, html = bodies(render(development()))
    for body in (text, html):
        assert "Probably new in a story that you know" in body
        assert "No date yet" in body
        assert "The story is also at 5 outlets in 5 languages" in body
    view = view_of(development())
    # What has its own way to thread names the new article.
    assert (view.subject, view.story.spread) == ("No date yet", "5 outlets in 5 languages")


def test_it_names_what_is_new() -> None:
    named = ("Kyiv", "12 <b>", "باكو")
    text, html = bodies(render(replace(development(), news={4: StoryNews(named, "Kyiv was silent & still.")})))
    marked = "Probably new in a story that you know: Kyiv, 12 <b>, \u2068باكو\u2069"
    assert f"{marked}\n\n“Kyiv was silent & still.”\n" in text
    assert "12 &lt;b&gt;</bdi>" in html
    assert "“Kyiv was silent &amp; still.”</p>" in html
    assert "Kyiv, 12 &lt;b&gt;, باكو — Kyiv was silent &amp; still.</div>" in html, "beside the subject"


def test_one_outlet_is_not_counted_and_one_language_is_not_named() -> None:
    made = development()
    alone = replace(made, copies={1: [made.articles[1]]})
    assert view_of(alone).story.spread == ""
    english = [made.articles[4]._replace(outlet=name) for name in ("a", "b", "c")]
    assert view_of(replace(made, copies={1: english})).story.spread == "3 outlets"
    assert "The story is also at\n" in bodies(render(alone))[0]


def test_without_a_first_mail_it_begins_its_thread() -> None:
    mail = read(render(replace(development(), parent="", parent_subject="")))
    assert (mail["Subject"], mail["In-Reply-To"]) == ("No date yet", None)


def test_an_edit_is_in_the_thread_under_its_own_subject() -> None:
    made = development()
    (told,) = made.alert.items
    edit = replace(made, alert=replace(made.alert, items=(replace(told, develops=False, edit_of=1, version=2),)))
    mail = read(render(edit))
    assert (mail["Subject"], mail["References"]) == ("Edited: No date yet", FIRST)


def test_a_digest_marks_what_goes_on() -> None:
    known = replace(item(4, "Peskov"), develops=True)
    text, _ = bodies(render(letter(item(1, "Peskov"), known, kind=Kind.DIGEST, thread="digest:x")))
    assert text.count("Probably new in a story that you know") == 1


def test_what_is_new_of_a_further_article_stands_below_its_title() -> None:
    told = letter(*(replace(item(number, "Peskov", story=1), develops=True) for number in (4, 1)), kind=Kind.DIGEST)
    for body in bodies(render(replace(told, news={4: StoryNews(("Kyiv",), "Kyiv was silent.")}))):
        ends = [body.rindex(text) for text in ("No date yet", "The Courier", "Kyiv was silent.")]
        assert ends == sorted(ends)


def test_the_longest_subject_is_the_same_after_re() -> None:
    long = ("переговоры " * 40)[:HEADER_CAP].rstrip()
    assert read(render(development(parent_subject=long)))["Subject"] == f"Re: {long}"
