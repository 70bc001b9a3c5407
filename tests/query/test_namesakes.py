from __future__ import annotations

import pytest

from monitor.model import Form
from monitor.query import compile_query, document, explain_failure
from tests.query.reading import NOW, OUTLET, article, found, named

NAMES = named(
    Donald_Trump=[
        Form("Donald Trump", capital=True),
        Form("Trump", source="surname", confidence=0.55, capital=True),
    ],
    George_H_W_Bush=[
        Form("George H. W. Bush", capital=True),
        Form("G. Bush", confidence=0.9, capital=True),
        Form("Bush", source="surname", confidence=0.55, capital=True),
    ],
)


@pytest.mark.parametrize(
    ("query", "text", "wanted"),
    [
        ('name("Donald Trump")', "then Donald Trump Jr. left", None),
        ('name("Donald Trump")', "then Donald J. Trump, Jr. left", None),
        ('name("Donald Trump")', "then Donald Trump Jr. met Donald Trump again", ["Donald Trump"]),
        ('name("Donald Trump")', "then Donald Trump-Smith left there", None),
        ('name("Donald Trump")', "then Donald Trump-smith left there", ["Donald Trump"]),
        ('name("Donald Trump")', "then Donald Herbert Walker Trump left", ["Donald Herbert Walker Trump"]),
        ('name("Donald Trump")', "Donald Meets President Trump", None),
        ('name("George H W Bush")', "George W. Bush met Bush", None),
        ('name("George H W Bush")', "George H. Bush left", ["George H. Bush"]),
        ('name("George H W Bush")', "G. W. Bush left", None),
    ],
)
def test_a_namesake_does_not_count(query: str, text: str, wanted: list[str] | None) -> None:
    assert found(query, text, NAMES) == wanted


def test_why_a_rule_missed_names_the_namesake() -> None:
    rule = compile_query("rule", 'name("Donald Trump")', NAMES)
    (failure,) = explain_failure(rule, document(article("then Donald Trump Jr. left"), OUTLET), NOW)
    assert failure.reason == "only “Donald Trump Jr” is there, which is another name"
