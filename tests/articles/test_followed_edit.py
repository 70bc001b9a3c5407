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
    assert follow_edit(PAGE, before, after) == body


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
    assert follow_edit(PAGE, before, after) == PAGE
