"""What of an article its meaning is read from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.meaning_text import TEXT_CHARACTERS, TITLE_CHARACTERS, text_of_meaning
from monitor.model import Article
from tests.articles.events import article


def test_title_and_first_words_are_read() -> None:
    found = text_of_meaning(article("Fire on ferry", "word " * 100))
    assert found.startswith("Fire on ferry. word word")
    assert found.count("word") == 60


def test_the_lead_stands_in_for_a_missing_text_and_nothing_for_a_title_alone() -> None:
    assert text_of_meaning(article("Fire")._replace(lead="On a ferry")) == "Fire. On a ferry"
    assert text_of_meaning(article("Fire off Chios kills four", " \n")) == ""


@given(st.text(), st.text())
def test_whatever_an_outlet_writes_is_short_and_can_be_encoded(title: str, body: str) -> None:
    many: Article = article(title * 50, body * 500)
    found = text_of_meaning(many)
    assert len(found.encode()) <= 4 * (TITLE_CHARACTERS + TEXT_CHARACTERS + 2)
    assert "\0" not in found


def test_half_of_a_pair_of_surrogates_costs_one_character() -> None:
    assert text_of_meaning(article("A \ud83d fire", "x")) == "A ? fire. x"
