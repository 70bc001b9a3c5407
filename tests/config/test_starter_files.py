from __future__ import annotations

import pytest

from monitor.config.starter_files import queries_of
from monitor.query import Scope


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("Acme", "name(Acme)"),
        ("acme", "acme"),
        ("AC", "AC"),
        ("Emmanuel Macron", 'name("Emmanuel Macron")'),
        ("Ursula von der Leyen", 'name("Ursula von der Leyen")'),
        ("J. D. Vance", 'name("J. D. Vance")'),
        ("Ban Ki-moon", 'name("Ban Ki-moon")'),
        ("Дмитрий Песков", 'name("Дмитрий Песков")'),
        ("interest rate", '"interest rate"'),
        ("Interest rate", '"Interest rate"'),
        ("AC Milan", '"AC Milan"'),
        ("One Two Three Four Five Six", '"One Two Three Four Five Six"'),
        ("Peskov OR Lavrov", "Peskov OR Lavrov"),
    ],
)
def test_what_is_written_as_a_name_is_looked_for_as_one(typed: str, query: str) -> None:
    assert queries_of(typed, Scope()) == {typed: query}
