"""A title that an agency sends anew is the same title; a title that speaks of updates is none of these."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.update_marks import without_update_mark

TITLE = "Harbour of Leeds is closed"


@pytest.mark.parametrize(
    "marked",
    [
        "UPDATE 2-{}",
        "UPDATE 11 - {}",
        "Update: {}",
        "UPDATE {}",
        "LEAD 1: {}",
        "1st Ld: {}",
        "2-UPDATE: {}",
        "обновление: {}",
        "ОБНОВЛЕНО: {}",
        "(обновлено) {}",
        "[UPDATED] {}",
        "AKTUALISIERT {}",
        "*** Aktualisiert *** {}",
        "RPT-UPDATE 1-{}",
        "CORRECTED-UPDATE 3-{}",
        "Mise à jour : {}",
        "更新: {}",
        "{} (updated)",
        "{} – UPDATE 2",
        "{} [обновлено]",
        "{} | Update",
    ],
)
def test_a_mark_is_no_part_of_a_title(marked: str) -> None:
    assert without_update_mark(marked.format(TITLE)) == TITLE


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "Update your telephone at once",
        "Lead found in the water of Leeds",
        "UPDATE",
        "UPDATE 2-",
        "Updates: ",
        "(updated)",
        "",
        "15 die in Leeds",
        "Government plans update",
        "Misleading: harbour of Leeds",
    ],
)
def test_a_title_that_has_no_mark_stays(title: str) -> None:
    assert without_update_mark(title) == title


def test_a_number_of_the_title_stays() -> None:
    assert without_update_mark("UPDATE: 15 die in Leeds") == "15 die in Leeds"
    assert without_update_mark("UPDATE 15 die in Leeds") == "15 die in Leeds"
    assert without_update_mark("UPDATE 3-15 die in Leeds") == "15 die in Leeds"


@given(st.text(st.sampled_from("UPDATE update 12-: ()[]–"), max_size=60))
def test_any_title_keeps_something_that_was_in_it(title: str) -> None:
    found = without_update_mark(title)
    assert found in title
    assert bool(found.strip()) == bool(title.strip())
