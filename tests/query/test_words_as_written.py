"""Names in Latin letters, as a rule writes them, that are ordinary words where their capital says nothing."""

from __future__ import annotations

import pytest

from monitor.model import Form
from monitor.query import Scope, document, trace_forms
from tests.query.reading import NOW, OUTLET, article, found, named

NAMES = ("Reiche", "Halle", "Long", "Brown", "Turkey", "ANO", "WHO", "Wilk", "Petit", "Macron", "Koch")
FORMS = named(**{name: [Form(name, capital=True)] for name in NAMES})


@pytest.mark.parametrize(
    ("rule", "language", "text", "is_found"),
    [
        ("name(Long)", "en", "Long queues formed.", False),
        ("name(Long)", "en", "They waited for Long there.", True),
        ("name(Long)", "en", "He said: Long may it last.", False),
        ("name(Long)", "en", "LONG QUEUES FORMED", False),
        ("name(Long)", "en", "Long denied it.", True),
        ("name(Long)", "en", "Long has denied it.", True),
        ("name(Long)", "en", "Long’s plan failed.", True),
        ("name(Long)", "en", "Senator Long left.", True),
        ("name(Long)", "en", "Long queues formed. The police arrested Long there.", True),
        ("name(Long)", "en", "Long", True),
        ("name(Long)", "hu", "Long queues formed.", True),
        ("name(Macron)", "en", "Macron to visit China.", True),
        ("name(Turkey)", "en", "Turkey to host talks.", True),
        ("name(WHO)", "en", "Who said that?", False),
        ("name(WHO)", "en", "WHO sees a risk.", True),
        ("name(Petit)", "fr", "Petit à petit, le calme revient.", False),
        ("name(Petit)", "fr", "Petit rejette un vote.", True),
        ("name(ANO)", "cs", "„Ano, počítám s ním,“ řekl.", False),
        ("name(ANO)", "cs", "ANO vede průzkumy.", True),
        ("name(Wilk)", "pl", "Wilk zaatakował stado.", False),
        ("name(Wilk)", "pl", "Wilk zaapelował do rządu.", True),
        ("name(Reiche)", "de", "Auch Reiche zahlen Steuern.", False),
        ("name(Reiche)", "de", "Das sagte Reiche gestern.", True),
        ("name(Reiche)", "de", "Für Katherina Reiche ist das neu.", True),
        ("name(Reiche)", "de", "Viele Reiche zahlen nicht.", False),
        ("name(Koch)", "de", "Für Koch ist das neu.", True),
        ("name(Koch)", "de", "Am Freitag kritisierte Koch den Plan.", True),
        ("name(Koch)", "de", "Das wussten viele Koch nicht.", False),
        ("name(Koch)", "de", "Gestern gewann ein junger Koch.", False),
        ("name(Koch)", "de", "Koch ist das neu.", False),
        ("name(Halle)", "de", "In der Halle war es kalt.", False),
        ("name(Halle)", "de", "Es war kalt in Halle.", True),
        ("name(Halle)", "de", "Die Stadt Halle wächst.", True),
    ],
)
def test_a_word_where_any_has_a_capital_asks_for_a_sign_of_the_name(
    rule: str, language: str, text: str, is_found: bool
) -> None:
    assert (found(rule, article(text, language=language), FORMS) is not None) is is_found


def test_a_trace_says_that_it_is_an_ordinary_word() -> None:
    read = document(article("Long queues formed.", language="en"), OUTLET)
    (trace,) = trace_forms("name(Long)", FORMS, read, NOW)
    assert trace.reason == "an ordinary word too: nothing here shows that it is the name"


@pytest.mark.parametrize("text", ["Ships must wait.", "SHIPS MUST WAIT", "The ships must wait."])
def test_a_word_that_is_looked_for_as_such_asks_for_no_sign(text: str) -> None:
    """Also one with a form of two words, which is looked for as names are."""
    scope = Scope(words=lambda _: (Form("ships", "en"), Form("ship s", "en")))
    assert found("ships", article(text, language="en"), scope)
