"""The line above a text that says who wrote it is found, and nothing that tells news is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.bylines import without_byline

TEXT = "\nA fire on a ferry killed three."


@pytest.mark.parametrize(
    "line",
    [
        "From our reporter in Rome.",
        "By our own correspondent",
        "By Anna Schmidt",
        "BY ANNA SCHMIDT AND JOHN O'NEIL, REUTERS",
        "By Anna Schmidt in Rome, staff writer",
        "Von unserem Korrespondenten in Rom.",
        "Von unserer Redaktion",
        "Von Anna Schmidt und Peter Groß",
        "De notre envoyé spécial à Rome",
        "Par Jean Dupont",
        "De nuestro corresponsal en Roma.",
        "Por Juan Pérez",
        "Dal nostro inviato a Bari",
        "От нашего корреспондента в Риме.",
        "Від нашого кореспондента",
        "Od naszego korespondenta",
        "من مراسلنا في روما",
    ],
)
def test_a_byline_is_left_out(line: str) -> None:
    assert without_byline(f"{line}\n{TEXT}").strip() == TEXT.strip()
    assert without_byline(f"{line} {TEXT.strip()}").startswith(line), "in one line with the text it is not known"
    assert without_byline(line) == line, "alone it is all that there is"


@pytest.mark.parametrize(
    "line",
    [
        "By Monday 12 people had died in Rome.",
        "By evening Rome was dark.",
        "Von Rom nach Bari fährt kein Zug mehr.",
        "From our kitchens to the wards of Rome.",
        "По данным корреспондента, в Риме пожар.",
        "Par la suite, Rome a brûlé.",
        "Rome is burning.",
        f"By {'Anna ' * 20}",
    ],
)
def test_news_is_no_byline(line: str) -> None:
    assert without_byline(line + TEXT) == line + TEXT


def test_it_may_stand_below_the_title_and_not_deep_in_the_text() -> None:
    below = "Fire on ferry\n\nThree are dead.\nBy Anna Schmidt\nA fire killed three."
    assert without_byline(below) == below.replace("By Anna Schmidt\n", "")
    deep = "It said.\n" * 5 + "By Anna Schmidt\nA fire killed three."
    assert without_byline(deep) == deep


@given(st.lists(st.sampled_from(("By Anna Schmidt", "From our desk.", "Rome burns.", "", " \r", "By")), max_size=9))
def test_no_more_than_one_line_is_left_out(lines: list[str]) -> None:
    kept = without_byline("\n".join(lines)).split("\n")
    assert len(lines) - len(kept) <= 1
    assert all(line in lines or line == "" for line in kept)
