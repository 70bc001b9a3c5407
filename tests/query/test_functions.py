"""The table of functions is all that the parser, the hints and the printing know of them."""

from __future__ import annotations

import pytest

from monitor.query import format_query, parse
from monitor.query.diagnostics import Diagnostics
from monitor.query.functions import FUNCTIONS, QUERY_FUNCTIONS, TEXT_FUNCTIONS


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_named_as_in_the_table_and_printed_as_it_is_written(name: str) -> None:
    assert FUNCTIONS[name].name == name
    written = f"{FUNCTIONS[name].example}(truce)"
    root = parse(written)
    assert root is not None
    assert format_query(root) == written


@pytest.mark.parametrize("name", QUERY_FUNCTIONS)
def test_a_number_that_is_missing_is_asked_for(name: str) -> None:
    diagnostics = Diagnostics()
    function = QUERY_FUNCTIONS[name]
    assert parse(f"{function.written(3)} truce", diagnostics) is None
    assert function.example in "".join(one.hint for one in diagnostics)
    assert parse(f"{name}(truce)", Diagnostics()) is None


@pytest.mark.parametrize("name", TEXT_FUNCTIONS)
def test_a_text_takes_no_number(name: str) -> None:
    assert parse(f"{name}3(truce)", Diagnostics()) is None


def test_an_endless_number_is_read_in_bounded_time() -> None:
    assert QUERY_FUNCTIONS["first"].count_in("/" + "9" * 5_000) == 999_999_999
    assert QUERY_FUNCTIONS["first"].count_in("3") is None
    assert QUERY_FUNCTIONS["atleast"].count_in("/3") is None
