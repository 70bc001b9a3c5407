"""Lines of a page that lead to other articles are left out; sentences that begin with the same words stay."""

from __future__ import annotations

import pytest

from monitor.articles.page_boxes import without_boxes

SENTENCE = "The ferry has not crossed the strait since last October."


@pytest.mark.parametrize(
    "box",
    [
        "Read also: Mayor sells the old brewery",
        "READ MORE Mayor sells the old brewery",
        "[Related: Mayor sells the old brewery]",
        "Читайте также: Мэр продал пивоварню",
        "Читайте також\nМер продав броварню",
        "Lesen Sie auch Bürgermeister verkauft Brauerei",
        "Mehr zum Thema\n- Bürgermeister verkauft Brauerei\n- Sturm reißt Anleger los.",
        "À lire aussi\nLe maire vend la brasserie\nLe pont rouvre",
        "İlginizi çekebilir: Başkan fabrikayı sattı",
        "اقرأ أيضا: رئيس البلدية يبيع المصنع",
        "Czytaj też: Burmistrz sprzedał browar",
        "Sign up for our newsletter and never miss a story.",
        "Подпишитесь на нашу рассылку и узнавайте новости первыми.",
    ],
)
def test_a_box_is_left_out(box: str) -> None:
    assert without_boxes(f"{SENTENCE}\n{box}\n{SENTENCE}") == f"{SENTENCE}\n{SENTENCE}"


@pytest.mark.parametrize(
    "line",
    [
        "Related companies were searched too.",
        "Zum Thema Fähre sagte der Minister nichts.",
        "По теме парома министр молчал.",
        "Recommended doses were exceeded",
        "Read moreover what they wrote",
        "Read more " + "than one book on the matter and you will know " * 5,
    ],
)
def test_a_sentence_with_the_same_words_stays(line: str) -> None:
    assert without_boxes(f"{SENTENCE}\n{line}") == f"{SENTENCE}\n{line}"


def test_a_label_alone_takes_no_paragraphs_with_it_and_no_endless_list() -> None:
    assert without_boxes(f"Related\nOne headline\n{SENTENCE}") == SENTENCE
    listed = "\n".join(f"Headline {number}" for number in range(20))
    assert without_boxes(f"Related\n{listed}").count("Headline") == 8
