"""A rule that would fire on everything is pointed out, and no other is."""

from __future__ import annotations

import pytest

from monitor.query.common import _CODES, COMMON_WORDS, is_common_in
from monitor.query.selectivity import common_words, is_selective
from monitor.query.terms.word_terms import AnyWord
from tests.query.reading import diagnostics


def flood(query: str) -> bool:
    said = [diagnostic.message for diagnostic in diagnostics(query) if diagnostic.severity == "warning"]
    return any("fires on every article" in message or "nearly every article" in message for message in said)


@pytest.mark.parametrize(
    "query",
    [
        *("lang:ru", "outlet:tass", "words>1 AND country:ru", "country:ru AND NOT Peskov", "lang:ru AND published:P2D"),
        *(
            "и",
            "the",
            "name(the)",
            "title:и",
            "lang:ru AND и",
            "the NOT NEAR/3 Peskov",
            "atleast2(the)",
            "the NEAR/9 и",
        ),
        *(
            "lang:ru OR Peskov",
            "the OR Peskov",
            "(outlet:tass AND Peskov) OR country:ru",
            "outlet:tass AND (the OR x1)",
        ),
    ],
)
def test_a_rule_that_fires_on_everything_is_pointed_out(query: str) -> None:
    assert flood(query)


@pytest.mark.parametrize(
    "query",
    [
        *("Peskov", "outlet:tass AND Peskov", "(outlet:tass AND Peskov) OR Lavrov", "country:ru AND words>2000"),
        *("outlet:tass AND author:Li", "lang:ru AND /Песков[а-я]*/", '"of the"', "the AND Peskov", "the NEAR/3 Peskov"),
        *("Peskov NOT NEAR/3 the", "lang:ru AND url:sport", "country:ru AND words<40", "outlet:tass AND allcaps(THE)"),
    ],
)
def test_a_rule_that_chooses_is_left_in_peace(query: str) -> None:
    assert not flood(query)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("the", "“the” is in nearly every article in English"),
        ("war", "“war” is in nearly every article in German or Dutch"),
        ("the OR и", "“the” (looked for with и) is in nearly every article in English"),
        ("и", "“и” is in nearly every article in Russian or Ukrainian"),
    ],
)
def test_the_language_is_named_in_which_a_word_is_everywhere(query: str, said: str) -> None:
    assert any(one.message.startswith(said) for one in diagnostics(query))


def test_a_form_of_one_language_is_frequent_in_no_other() -> None:
    dutch, any_language = (AnyWord({"por": (("port", only),)}, ("port",)) for only in (frozenset({"nl"}), None))
    assert (common_words(dutch), is_selective(dutch)) == (set(), True)
    assert (common_words(any_language), is_selective(any_language)) == ({"por"}, False)
    assert common_words(AnyWord({"por": (("port", frozenset({"nl", "es"})),)}, ("port",))) == {"por"}


def test_the_word_is_pointed_at() -> None:
    (warning,) = diagnostics("harbour OR the")
    assert (warning.column, warning.end) == (12, 15)


def test_every_language_of_frequent_words_has_a_code() -> None:
    for word in COMMON_WORDS:
        assert is_common_in(word, frozenset(_CODES.values()))
