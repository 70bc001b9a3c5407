from __future__ import annotations

import pytest

from monitor.model import Form
from monitor.query import compile_query, document
from tests.query.reading import NOW, OUTLET, article, found, named

NAMES = named(
    Costa=[Form("Costa", capital=True), Form("Коста", capital=True)],
    Cruz=[Form("Cruz", capital=True)],
    Johnson=[Form("Johnson", capital=True)],
    Costa_Rica=[Form("Costa Rica", capital=True)],
)


@pytest.mark.parametrize(
    ("query", "text", "wanted"),
    [
        ("name(Costa)", "Costa Rica won", None),
        ("name(Costa)", "Costa met Costa Rica's president", ["Costa"]),
        ("name(Costa)", "в Коста-Рике", None),
        ("name(Costa)", "said Costa. Rica left", ["Costa"]),
        ("name(Costa)", "Costa (Rica)", ["Costa"]),
        ("name(Costa)", "Costa, Rica and others", ["Costa"]),
        ("name(Costa)", "Costa Ricardo", ["Costa"]),
        ("name(Costa)", "said Costa rica", ["Costa"]),
        ("name(Costa)", "costa Costa rica", ["Costa"]),
        ('name("Costa Rica")', "in Costa Rica", ["Costa Rica"]),
        ("Costa", "in Costa Rica", ["Costa"]),
        ("name(Cruz)", "in Santa Cruz", None),
        ("name(Cruz)", "hello santa Cruz", ["Cruz"]),
        ("name(Johnson)", "at Johnson & Johnson", None),
        ("name(Johnson)", "at Johnson & Smith", ["Johnson"]),
    ],
)
def test_a_part_of_a_longer_name_does_not_count(query: str, text: str, wanted: list[str] | None) -> None:
    assert found(query, text, NAMES) == wanted


def test_the_longer_name_is_told() -> None:
    reasons = compile_query("rule", "name(Costa)", NAMES).matcher.failure_reason(
        document(article("in Costa Rica"), OUTLET).main, NOW
    )
    assert reasons == "only “Costa Rica” is there, which is another name"


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Petra Kvitová vyhrála", "cs", None),
        ("Petru Kvitovou zvolili", "cs", None),
        ("Petra Pavla zvolili", "cs", ["Petra"]),
        ("Petra, Kvitová a další", "cs", ["Petra"]),
        ("volby Petra", "cs", ["Petra"]),
        ("Petra Kvitova", "cs", ["Petra"]),
    ],
)
def test_a_woman_is_no_case_of_a_man(text: str, language: str, wanted: list[str] | None) -> None:
    petr = named(Petr=[Form("Petr", capital=True), *(Form(one, "cs", capital=True) for one in ("Petra", "Petru"))])
    assert found("name(Petr)", article(text, language=language), petr) == wanted


def test_a_woman_is_found_by_her_own_name() -> None:
    petra = named(Petra=[Form("Petra", capital=True), Form("Petru", "cs", capital=True)])
    assert found("name(Petra)", article("Petra Kvitová vyhrála", language="cs"), petra) == ["Petra"]
