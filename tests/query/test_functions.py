"""The table of functions is all that the parser, the hints and the printing know of them."""

from __future__ import annotations

import pytest

from monitor.query import Scope, check, format_query, parse
from monitor.query.diagnostics import Diagnostics
from monitor.query.functions import FUNCTIONS, QUERY_FUNCTIONS, TEXT_FUNCTIONS


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_named_as_in_the_table_and_printed_as_it_is_written(name: str) -> None:
    assert FUNCTIONS[name].name == name
    written = f"{FUNCTIONS[name].example}(truce)"
    root = parse(written)
    assert root is not None
    assert format_query(root) == written


def _errors(query: str) -> list[str]:
    diagnostics = Diagnostics()
    parse(query, diagnostics)
    return [f"{one.message}; {one.hint}" for one in diagnostics if one.severity == "error"]


@pytest.mark.parametrize("name", QUERY_FUNCTIONS)
def test_a_half_written_function_is_an_error_with_its_form(name: str) -> None:
    function = QUERY_FUNCTIONS[name]
    for query in (f"{function.written(3)} truce", f"{name}(truce)"):
        (error,) = _errors(query)
        assert function.example in error


@pytest.mark.parametrize("name", TEXT_FUNCTIONS)
def test_a_text_takes_no_number(name: str) -> None:
    assert _errors(f"{name}3(truce)") == [f"there is no function {name}3(…); did you mean {name}?"]


def test_an_endless_number_is_read_in_bounded_time() -> None:
    assert QUERY_FUNCTIONS["first"].count_in("/" + "9" * 5_000) == 999_999_999
    assert QUERY_FUNCTIONS["first"].count_in("3") is None
    assert QUERY_FUNCTIONS["atleast"].count_in("/3") is None


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            'name("Macinka, Schillerová, Petr Weimer")',
            [
                'warning 1: name("Macinka, Schillerová, Petr Weimer") is one name with a comma; several are '
                'name(Macinka) OR name(Schillerová) OR name("Petr Weimer"); one is written without the comma'
            ],
        ),
        ('name("Peskov, Dmitry")', []),
        (
            'name("Lisa Nandy) OR name("Dan Jørgensen")',
            [
                'warning 1: name("Lisa Nandy) OR name( Dan Jørgensen") is one name with an operator inside; '
                'close each quotation mark: name("Ann Lee") OR name("Bo Chan")'
            ],
        ),
        (
            "name(Kidaw*)",
            ['warning 1: name("Kidaw*") takes no wildcard; its forms are found by rule; a word takes one: Kowal*'],
        ),
        ('name("Wells Fargo (bank)") OR name("BOSNIA AND HERZEGOVINA") OR name(Yahoo!)', []),
        ("name('Petr Macinka)", ['warning 1: this single quotation mark is not closed; write name("Petr Macinka")']),
        ("name('Petr Macinka') OR name(d'Estaing)", []),
        (
            'name("") OR name()',
            [
                "error 1: there is nothing in name(); name something",
                "error 13: there is nothing in name(); name something",
            ],
        ),
    ],
)  # fmt: skip
def test_mistakes_in_the_brackets_of_a_name_are_told(query: str, said: list[str]) -> None:
    _, diagnostics = check(query, Scope())
    told = [f"{one.severity} {one.column}: {one.message}; {one.hint}" for one in diagnostics if one.severity != "hint"]
    assert told == said


def test_a_name_in_single_quotation_marks_is_that_name() -> None:
    root = parse("name('Petr Macinka')")
    assert root is not None
    assert format_query(root) == 'name("Petr Macinka")'
