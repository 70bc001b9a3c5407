from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text import paragraphs, sentence_at, sentences
from monitor.text.sentences import LONGEST
from tests.bench.yardstick import at_reference


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He left! Did he? Yes.", ["He left!", "Did he?", "Yes."]),
        ("Mr. Peskov spoke. He left.", ["Mr. Peskov spoke.", "He left."]),
        ("The U.S. Army came. Then it left.", ["The U.S. Army came.", "Then it left."]),
        ("It cost 3.5 percent. No more.", ["It cost 3.5 percent.", "No more."]),
        ("“We won.” He said so.", ["“We won.”", "He said so."]),
        ("Wait… what? Fine.", ["Wait… what?", "Fine."]),
        ("Песков Д. С. сказал это. Он ушёл.", ["Песков Д. С. сказал это.", "Он ушёл."]),
        ("Это было в 2025 г. в Москве. Потом нет.", ["Это было в 2025 г. в Москве.", "Потом нет."]),
        ("Т. е. вот так. Да.", ["Т. е. вот так.", "Да."]),
        ("На вул. Хрещатик тихо. Усе.", ["На вул. Хрещатик тихо.", "Усе."]),
        ("Prof. Dr. Ali geldi. Sonra gitti.", ["Prof. Dr. Ali geldi.", "Sonra gitti."]),
        ("Am 23. Juli sprach er. Dann ging er.", ["Am 23. Juli sprach er.", "Dann ging er."]),
        ("Das gilt z.B. Hier nicht. Doch.", ["Das gilt z.B. Hier nicht.", "Doch."]),
        ("M. Dupont parle. Mme Martin écoute.", ["M. Dupont parle.", "Mme Martin écoute."]),
        ("قال بيسكوف. ثم غادر؟ نعم.", ["قال بيسكوف.", "ثم غادر؟", "نعم."]),
        ("他来了。他走了！好", ["他来了。", "他走了！", "好"]),
        ("“Really?” he asked. He left.", ["“Really?” he asked.", "He left."]),
        ("«Правда?» — спросил он. Да.", ["«Правда?» — спросил он.", "Да."]),
        ("« Pourquoi ? » demande-t-il. Rien.", ["« Pourquoi ? » demande-t-il.", "Rien."]),
        ("«\u202fNon\u202f!\u202f» – Macron. Rien.", ["«\u202fNon\u202f!\u202f» – Macron.", "Rien."]),
        ("« Oui. » Il part.", ["« Oui. »", "Il part."]),
        ("Kam er? »Ja«, sagte sie.", ["Kam er?", "»Ja«, sagte sie."]),
        ("«Да!» — Песков. Нет.", ["«Да!» — Песков.", "Нет."]),
        ("— Правда? — спросил он. — Да! — Нет.", ["— Правда? — спросил он.", "— Да!", "— Нет."]),
        ("Yahoo! said so. Did he? Yes!", ["Yahoo! said so.", "Did he?", "Yes!"]),
        ("「行く！」と言った。終わり。", ["「行く！」と言った。", "終わり。"]),
        ("one\ntwo. Three\r\n\r\nfour", ["one", "two.", "Three", "four"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_text_is_cut_where_its_language_ends_sentences(text: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == wanted


def test_the_sentence_around_a_place() -> None:
    text = "Zero.\nHe left. She stayed here. Then\nmore"
    place = text.index("stayed")
    start, end = sentence_at(text, place, place + 6)
    assert text[start:end] == "She stayed here."
    start, end = sentence_at(text, text.index("left"), place)
    assert text[start:end] == "He left. She stayed here."
    assert sentence_at("", 0, 0) == (0, 0)


def test_paragraphs_are_lines_that_hold_something() -> None:
    text = "one. Two\n\n  three  \r\nfour"
    assert [text[start:end] for start, end in paragraphs(text)] == ["one. Two", "three", "four"]


def test_a_sentence_without_end_is_cut_at_a_space() -> None:
    cut = sentences("word " * 1_000)
    assert len(cut) > 1
    assert all(end - start <= LONGEST for start, end in cut)
    assert len(sentences("x" * 5_000)) == 5


@given(st.text())
def test_any_text_is_cut_into_pieces_in_order_that_lose_nothing(text: str) -> None:
    last, kept = 0, ""
    for start, end in sentences(text):
        assert last <= start < end <= len(text)
        assert end - start <= LONGEST
        kept += text[start:end]
        last = end
    assert "".join(kept.split()) == "".join(text.split())


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_the_sentence_holds_its_place(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    low, high = sentence_at(text, start, end)
    assert low <= start <= end <= high


@pytest.mark.parametrize("piece", [".", "a. ", ". a", '"', '!"', "1. A ", "г. ", "\n", "Mr. "])
def test_a_hostile_text_is_cut_at_once(piece: str) -> None:
    assert at_reference(lambda: sentences(piece * 50_000)) < 2
