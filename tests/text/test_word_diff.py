"""Two texts are compared word by word, readably and in bounded time; the parts put together are both texts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.text.word_diff import Change, excerpts, word_diff

MARKS = {Change.SAME: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}"}
VOTE = "The council met on Monday and spoke for two hours about the harbour before it went home without a vote."


def shown(before: str, after: str) -> str:
    return "".join(MARKS[part.change].format(part.text) for part in word_diff(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "It met on Monday for two hours",
            "It met on Friday for two hours",
            "It met on [-Monday -]{+Friday +}for two hours",
        ),
        ("It met", "It met again today", "It met {+again today+}"),
        ("", "all new", "{+all new+}"),
        ("all old", "", "[-all old-]"),
        ("same  words\n\nhere", "same words here", ""),
        ("", "", ""),
        ("市长在港口发表讲话", "市长在机场发表讲话", "市长在[-港口-]{+机场+}发表讲话"),
        ("a b, c d e f g", "a b. c d e f g", "a [-b, -]{+b. +}c d e f g"),
        # Single words that stayed between two changes are part of one change.
        (
            "we saw old boats in the bay",
            "we saw new boats at the bay",
            "we saw [-old boats in -]{+new boats at +}the bay",
        ),
    ],
)
def test_what_went_and_what_came_is_marked(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
@example("a a", "a")
def test_the_parts_are_both_texts(before: str, after: str) -> None:
    parts = word_diff(before, after)
    if not parts:
        assert before.split() == after.split()
        return
    assert "".join(part.text for part in parts if part.change is not Change.REMOVED) == after
    # What stayed has the space of the newer text, which may have none behind its last word.
    old = [word for part in parts if part.change is not Change.ADDED for word in part.text.split()]
    assert old == before.split()
    assert all(one.change is not other.change for one, other in pairwise(parts))


def test_texts_that_are_heavy_to_align_are_one_change() -> None:
    before, after = ("to " + "yes no " * 3000, "to " + "no yes " * 3000)
    assert [part.change for part in word_diff(before + "it", after + "it")] == ["same", "removed", "added", "same"]


def test_an_excerpt_has_a_few_words_around_each_change() -> None:
    parts = excerpts(word_diff(f"{VOTE} {VOTE}", f"{VOTE} Nobody there was pleased. {VOTE}"), 3, 2)
    assert [part.text for part in parts] == ["… without a vote. ", "Nobody there … ", "The council met … "]
