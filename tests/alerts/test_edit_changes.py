"""What a mail shows of an edit is short, safe and says how much it leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.alerts import view_of
from monitor.alerts.edit_changes import IN_ALERT, IN_LIST, changes_of
from monitor.channels.webhook import render_payload
from monitor.model import Article, Kind
from tests.alerts.letters import ARTICLES, bodies, item, letter, render

BEFORE = ARTICLES[4]._replace(title="No date given", body="Dmitry Peskov gave a date. Kyiv was silent.")
EDIT = replace(item(4, "Peskov", story=1), version=2, edit_of=1)


def test_what_went_and_what_came_is_shown_field_by_field() -> None:
    title, text = changes_of(BEFORE, ARTICLES[4], IN_ALERT)
    assert (title.field, [(one.text, one.change) for one in title.parts]) == (
        "title",
        [("No date ", "same"), ("given", "removed"), ("yet", "added")],
    )
    assert (text.field, text.language, text.direction, text.more) == ("text", "en", "ltr", 0)


def test_of_many_changes_the_first_are_shown_and_the_others_counted() -> None:
    words = [f"word{number}" for number in range(200)]
    edited = [f"other{number}" if number % 20 == 10 else word for number, word in enumerate(words)]
    before, after = (Article("news", "", "", body=" ".join(one)) for one in (words, edited))
    (shown,) = changes_of(before, after, IN_LIST)
    assert ([one.text for one in shown.parts if one.change == "added"], shown.more) == (
        ["other10 ", "other30 ", "other50 "],
        7,
    )
    assert shown.parts[-1].text.endswith("… ")


def test_a_text_without_spaces_and_with_controls_is_cut_and_made_safe() -> None:
    before, after = (Article("news", "", "", body=f"{letter * 100_000}\u202e\r\nBcc: x") for letter in "ab")
    (shown,) = changes_of(before, after, IN_ALERT)
    assert sum(len(one.text) for one in shown.parts) < 2 * IN_ALERT.length + 100
    assert not set("".join(one.text for one in shown.parts)) & set("\u202e\r\n")


@pytest.mark.parametrize("kind", [Kind.ALERT, Kind.DIGEST])
def test_a_mail_says_that_it_is_an_edit_and_what_changed(kind: Kind) -> None:
    items = (EDIT,) if kind is Kind.ALERT else (EDIT, item(3, "Peskov"))
    message = render(letter(*items, kind=kind, before={4: BEFORE}))
    text, page = bodies(message)
    assert "Edited: what went stands in [- -], what came in {+ +}" in text
    assert "Title: No date [-given-]{+yet+}" in text
    assert message.subject.startswith("Edited: No date yet" if kind is Kind.ALERT else "2 stories")
    assert ">given</del><ins" in page
    assert "What changed:" in page


def test_an_edit_whose_former_text_is_kept_no_more_says_so_much() -> None:
    view = view_of(letter(EDIT))
    assert (view.subject, view.story.edited, view.story.changes) == ("Edited: No date yet", True, ())
    assert b'"edited": true, "develops": false, "news": null, "burst": null, "changes": []' in render_payload(view)
