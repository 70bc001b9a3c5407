from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.config.starter_files import Answers, MailServer, queries_of
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


def test_each_file_names_the_pages_that_explain_its_keys() -> None:
    server = MailServer("mail.news.test", 587, "starttls", "ann@news.test", "smtp_password")
    texts = Answers("ann", "ann@news.test", {"Acme": "name(Acme)"}, server, "UTC").texts()
    docs = Path(__file__).parents[2] / "docs"
    for text in texts.values():
        (said,) = re.findall("Every key is explained in (.*)", text)
        configuration, *others = re.findall(r"docs/(\w+\.md)", said)
        explained = (docs / configuration).read_text(encoding="utf-8")
        keys = set(re.findall(r"^[^#\n]*?\b(\w+): ", text, re.MULTILINE))
        assert {key for key in keys if not re.search(rf"`(?:\w+: {{)?{key}\b", explained)} == set(), said
        assert [(docs / page).is_file() for page in others] == [True] * len(others)
