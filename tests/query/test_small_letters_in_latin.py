"""Names in Latin letters in texts without any capital."""

from __future__ import annotations

import pytest

from monitor.model import Form
from tests.query.reading import article, found, named

FORMS = named(Peskov=[Form(one, capital=True) for one in ("Dmitry Peskov", "Peskov", "Dove", "Kim")])


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("they said peskov was away", "en", ["peskov"]),
        ("gestern war peskov nicht da", "de", ["peskov"]),
        ("they said dmitry peskov was away", "en", ["dmitry peskov"]),
        ("bugün dove'un sözleri duyuldu", "tr", ["dove"]),
        ("They said peskov was away", "en", None),
        ("said peskov today", "en", None),
        ("they said #peskov was away", "en", None),
        ("they said peskov was away", "hu", None),
        ("ieri dmitry peskov a spus altceva", "ro", ["dmitry peskov"]),
        ("ieri peskov a spus altceva", "ro", None),
        ("they had a dove on the roof", "en", None),
        ("a kim sat on the roof", "en", None),
        ("peskov says nothing AGAIN but i think so", "en", ["peskov"]),
        ("A man said peskov was away today", "en", None),
    ],
)
def test_what_is_no_word_of_its_language_proves_a_name(text: str, language: str, wanted: list[str] | None) -> None:
    assert found("name(Peskov)", article(text, language=language), FORMS) == wanted


def test_each_field_is_looked_at_by_itself() -> None:
    read = article("they said peskov was away", title="The News", language="en")
    assert found("name(Peskov)", read, FORMS) == ["peskov"]
