"""What number a text says of its dead, its injured, and the missing."""

from __future__ import annotations

import pytest

from monitor.articles.tolls import TOLLS, tolls_of
from tests.articles.events import signs


@pytest.mark.parametrize(
    ("language", "said", "dead", "injured", "missing"),
    [
        ("en", "Blast kills 12, injures 14", "12", "14", ""),
        ("en", "12 dead, 14 injured in blast", "12", "14", ""),
        ("en", "Four people dead, 3 hurt", "4", "3", ""),
        ("en", "12 people were killed and 14 injured", "12", "14", ""),
        ("en", "A deadly blast leaves 5 injured", "", "5", ""),
        ("en", "Blast kills 12 and leaves injured", "12", "", ""),
        ("en", "Three crew dead, 5 in hospital", "3", "", ""),
        ("en", "Blast of 12 in the old harbour: people dead", "", "", ""),
        ("en", "People dead, many hurt", "", "", ""),
        ("de", "Fünf Tote und sieben Verletzte", "5", "7", ""),
        ("de", "Im Hafen sind fünf Menschen gestorben und sieben verletzt worden", "5", "7", ""),
        ("ru", "Погибли 5, ранены 7", "5", "7", ""),
        ("tr", "Kazada 5 ölü, 7 yaralı", "5", "7", ""),
        ("en", "9 dead and 4 missing", "9", "", "4"),
        ("de", "Vier Menschen starben, neun werden vermisst", "4", "", "9"),
    ],
)
def test_each_number_is_said_of_the_word_beside_it(
    language: str, said: str, dead: str, injured: str, missing: str
) -> None:
    found = tolls_of(signs((said, ""), language).signs)
    numbers = [[sign.text for sign in found[topic]] for topic in TOLLS]
    assert numbers == [[one] if one else [] for one in (dead, injured, missing)]
