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

FULL = ("George W. Bush", "George H. W. Bush", "Karim A. A. Khan", "Владимир Владимирович Путин", "Luiz Lula Silva")
PEOPLE = named(
    **{
        name.replace(". ", "_").replace(" ", "_"): [
            Form(name, capital=True),
            Form(f"{name.split()[0]} {name.split()[-1]}", confidence=0.97, capital=True),
            Form(f"{name.split()[-1]} {name.split()[0]}", confidence=0.92, capital=True),
            Form(f"{name.split()[-1]} {name[0]}", confidence=0.87, capital=True),
            Form(name.split()[-1], source="surname", confidence=0.55, capital=True),
        ]
        for name in FULL
    }
)


@pytest.mark.parametrize(
    ("name", "texts", "others"),
    [
        (
            "George W Bush",
            "George Walker Bush; Bush G. W.; Bush, G. W.; Bush, George W.; Bush, George Walker; George Bush; Bush G.",
            "George Herbert Walker Bush; George Herbert Bush; Bush G. H. W.; Bush, George H. W.; Bush George H.",
        ),
        (
            "George H W Bush",
            "George Herbert Walker Bush; George Herbert Bush; Bush G. H. W.; Bush G. H.",
            "George Walker Bush; Bush G. W.",
        ),
        (
            "Karim A A Khan",
            "Karim Asad Ahmad Khan; Khan K.A.A.; Khan K. A. A.; Khan K. A.; Khan K.",
            "Karim Benjamin Khan; Khan K. B.",
        ),
        (
            "Владимир Владимирович Путин",
            "Путин В. В.; Путин В.В.; Владимир Путин",
            "Владимир Сергеевич Путин; Путин В. С.",
        ),
        ("Luiz Lula Silva", "Luiz Inácio Lula Silva; Luiz L. Silva; Luiz Silva", "Luiz Inácio Costa Silva"),
    ],
)
def test_middle_names_and_initials_agree_with_those_of_the_rule(name: str, texts: str, others: str) -> None:
    query = f'name("{name}")'
    texts = texts.replace("", "")
    missed = [text for text in texts.split("; ") if not found(query, f"then {text} left early", PEOPLE)]
    false = [text for text in others.split("; ") if found(query, f"then {text} left early", PEOPLE)]
    assert (missed, false) == ([], [])


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
