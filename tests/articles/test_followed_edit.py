"""A page follows the edits of what it repeats of its feed, and loses nothing by what is no edit of that."""

from __future__ import annotations

import pytest

from monitor.articles.followed_edit import follow_edit

FIRST, SECOND, REST = "The talks ended on Monday.", "Delegates left.", "\nA dinner followed."
PAGE = f"{FIRST} {SECOND}{REST}"


@pytest.mark.parametrize(
    ("before", "after", "body"),
    [
        (FIRST, "The talks failed on Monday.", f"The talks failed on Monday. {SECOND}{REST}"),
        (FIRST, "Talks failed on Monday. War began.", f"Talks failed on Monday. War began. {SECOND}{REST}"),
        # The end of an excerpt is the beginning of what the page says.
        (f"{FIRST} Delegates l…", "The talks failed on Monday. Del…", f"The talks failed on Monday. {SECOND}{REST}"),
        (f"{FIRST} {SECOND}", "The talks ended, and delegates left.", f"The talks ended, and delegates left. {REST}"),
        (f"{FIRST} {SECOND}", f"Talks failed on Monday. {SECOND}", f"Talks failed on Monday. {SECOND}{REST}"),
    ],
)
def test_a_page_follows_an_edit_of_what_it_repeats(before: str, after: str, body: str) -> None:
    assert follow_edit(PAGE, before, after) == (body, "")


@pytest.mark.parametrize("number", ["15", "1-5", "1.5%", "-1.5", "$1.5"])
def test_a_page_follows_an_edit_of_a_number(number: str) -> None:
    said = "They spent {} million."
    after = said.format(number)
    assert follow_edit(f"{said.format('1.5')} {SECOND}", said.format("1.5"), after) == (f"{after} {SECOND}", "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{FIRST} {SECOND}", FIRST),
        ("Delegates left.", "Only the feed says this."),
        ("Delegates l…", "Delegates left s…"),
        ("talks", "talks and walks"),
        (f"{FIRST} {SECOND}", "…"),
        ("", "The talks ended."),
    ],
)
def test_nothing_that_a_page_says_goes_for_what_is_no_edit_of_it(before: str, after: str) -> None:
    assert follow_edit(PAGE, before, after).text == PAGE


THIRD = "The mayor kept silent."


@pytest.mark.parametrize(
    ("before", "after", "body", "unplaced"),
    [
        # The longer sentence leaves no room for the last one: nobody deleted that.
        (f"{FIRST} {SECOND} {THIRD}", f"The long talks failed on Monday. {SECOND} The mayor k…", "failed", ""),
        (f"{FIRST} {THIRD}", "The long talks failed on Monday.", "failed", ""),
        (f"{FIRST} {SECOND} {THIRD}", f"The long talks failed on Monday. {SECOND}", "failed", ""),
        # Nor was the last one written anew whose end alone is another.
        (f"{FIRST} {SECOND} The mayor", f"{FIRST} {SECOND} The mayor kept", "ended", ""),
        (f"{FIRST} {SECOND}", f"{FIRST} War began. {SECOND}", "ended", "War began."),
        (f"{FIRST} {SECOND}", f"{FIRST} {SECOND} The war beg…", "ended", "The war beg…"),
        (f"{FIRST} {SECOND}", "Only the feed says this.", "ended", "Only the feed says this."),
    ],
)
def test_what_the_end_of_an_excerpt_leaves_out_stays_and_what_it_says_more_is_given(
    before: str, after: str, body: str, unplaced: str
) -> None:
    first = {"ended": FIRST, "failed": "The long talks failed on Monday."}[body]
    assert follow_edit(f"{FIRST} {SECOND} {THIRD}", before, after) == (f"{first} {SECOND} {THIRD}", unplaced)
