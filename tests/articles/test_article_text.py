from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.article_text import BODY, LEAD, TITLE, ArticleText, entry_text, squeeze, word_count
from monitor.model import Entry
from monitor.text.link_lines import with_link_lines

SUMMARY = "Negotiators met in Istanbul on Monday, behind closed doors."
CONTENT = "Negotiators met in Istanbul on Monday, behind closed doors.\nThey will meet again on Friday, said Peskov."


def body(summary: str, content: str) -> str:
    return entry_text(Entry("Talks", summary=summary, content=content)).body


def test_a_content_that_holds_its_summary_is_the_body() -> None:
    assert body(SUMMARY, CONTENT) == CONTENT


def test_a_summary_that_differs_in_marks_and_spaces_is_held_too() -> None:
    assert body("Negotiators met in ISTANBUL on Monday — behind closed doors", CONTENT) == CONTENT


def test_a_summary_cut_short_is_held_too() -> None:
    assert body("Negotiators met in Istanbul on Mon…", CONTENT) == CONTENT
    assert body("Negotiators met in Istanbul on Monday, ... Read more", CONTENT) == CONTENT
    assert body(f"{SUMMARY} [...] The post Talks appeared first on Example.", CONTENT) == CONTENT


def test_a_word_that_only_the_summary_has_is_never_lost() -> None:
    other = "Zelensky was not there… and Lavrov left early, diplomats told us later that day."
    assert body(other, CONTENT) == f"{other}\n\n{CONTENT}"
    assert body("They met on Monday. Lavrov came late.", CONTENT).startswith(
        "They met on Monday. Lavrov came late.\n\n"
    )


@pytest.mark.parametrize(("said", "written"), [("15", "1.5"), ("−5", "5"), ("5‰", "5")])
def test_a_summary_with_another_number_is_not_held(said: str, written: str) -> None:
    summary, content = f"“Peskov” spoke of {said} million", f"«Peskov» spoke of {written} million; more at noon"
    assert body(summary, content) == f"{summary}\n\n{content}"
    assert body(summary.replace(said, written), content) == content


def test_a_summary_that_holds_its_content_is_the_body() -> None:
    assert body(CONTENT, "They will meet again on Friday — said Peskov") == CONTENT


def test_either_alone_is_the_body() -> None:
    assert body("", CONTENT) == CONTENT
    assert body(SUMMARY, "") == SUMMARY
    assert body("", "") == ""


def test_text_is_bounded_however_long_it_is() -> None:
    text = entry_text(Entry("title " * 200_000, summary="lead " * 200_000, content="body " * 200_000))
    assert len(text.title) <= TITLE
    assert len(text.lead) <= LEAD
    assert len(text.body) <= BODY
    assert text.title.endswith("title…")


def test_the_title_is_one_line() -> None:
    assert entry_text(Entry("Talks \n\u2028 in\tIstanbul ")).title == "Talks in Istanbul"


def test_the_digest_changes_with_what_is_read_and_with_nothing_else() -> None:
    def digest(title: str, summary: str, content: str) -> bytes:
        return entry_text(Entry(title, summary=summary, content=content)).digest

    first = digest("Talks", SUMMARY, CONTENT)
    assert len(first) == 16
    assert digest(" Talks", SUMMARY, CONTENT.replace("\n", " \u00a0\n\n")) == first
    assert digest("Talks!", SUMMARY, CONTENT) != first
    assert digest("Talks", "Another lead.", CONTENT) != first
    assert digest("Talks", SUMMARY, CONTENT.replace("Friday", "Sunday")) != first
    assert digest("TalksNegotiators", "", "met") != digest("Talks", "", "Negotiators met")


def test_squeezing_keeps_letters_and_numbers_alone() -> None:
    assert squeeze("«Стамбул» — ещё 3\u00a0дня…") == squeeze("стамбул: еще 3 дня!")
    assert squeeze("Стамбул 3") != squeeze("Стамбул 4")
    assert squeeze("“Talks” re-open") == b"talksreopen"


@pytest.mark.parametrize(
    "number", ["1.5", "1,5", "1-5", "1:5", "1/5", "-15", "+15", "15%", "15\xa0‰", "$15", ".15", "1\xa05", "115"]
)
def test_another_number_is_no_other_spelling(number: str) -> None:
    assert squeeze(f"spent {number} million") != squeeze("spent 15 million")
    assert squeeze("15 million") not in squeeze(f"spent {number} million")
    assert squeeze("spent 15") not in squeeze(f"spent {number}0 million")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("(2–3)", "2-3"),
        ("−5\u00a0%", "-5%"),
        ("15, 16", "15 16"),
        ("1\u00a0500", "1 500"),
        ("COVID-19", "Covid 19"),
        ("1’500.", "1'500"),
    ],
)
def test_one_number_has_several_spellings(one: str, other: str) -> None:
    assert squeeze(f"about {one} men") == squeeze(f"about {other} men")


def test_words_are_counted_in_scripts_without_spaces_too() -> None:
    assert word_count("Talks in Istanbul", "They met again") == 6
    assert word_count("外交部长周二表示谈判", "尽管边境附近发生炮击") >= 8
    assert word_count("", "") == 0


@given(st.text(), st.text(), st.text())
def test_any_text_has_a_digest(title: str, summary: str, content: str) -> None:
    text = entry_text(Entry(title, summary=summary, content=content))
    assert len(text.digest) == 16
    assert squeeze(content) in squeeze(text.body)


def test_the_addresses_behind_a_text_make_no_other_version() -> None:
    # Versions before kept none of them: the upgrade is no edit of each post.
    said = ArticleText("Harbour", "", "A fire at the harbour.\nhttps://n.test/0")
    assert ArticleText("Harbour", "", with_link_lines(said.body, ["https://n.test/1"])).digest == said.digest
    assert ArticleText("Harbour", "", "A fire at the harbour.").digest != said.digest
