"""`send:`: days and times, and what a mistake is answered with."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from monitor.config.cadence import WORKDAYS, parse_cadence, show_cadence
from monitor.model import Cadence
from tests.config.helpers import loaded

EIGHT, ONE, SIX = time(8), time(13), time(18)
CADENCES = {
    "at once": Cadence(),
    "hourly": Cadence("hourly"),
    "every 30m": Cadence("every", every=timedelta(minutes=30)),
    "daily 08:00": Cadence("daily", times=(EIGHT,)),
    "daily 08:00, 13:00, 18:00": Cadence("daily", times=(EIGHT, ONE, SIX)),
    "workdays 08:00, 18:00": Cadence("weekly", times=(EIGHT, SIX), weekdays=WORKDAYS),
    "weekly Mon 08:00": Cadence("weekly", times=(EIGHT,), weekdays=(0,)),
    "weekly Mon, Thu 08:00, 13:00": Cadence("weekly", times=(EIGHT, ONE), weekdays=(0, 3)),
    "weekly Mon, Tue, Wed, Thu, Sun 08:00": Cadence("weekly", times=(EIGHT,), weekdays=(0, 1, 2, 3, 6)),
}


@pytest.mark.parametrize("text", CADENCES)
def test_a_cadence_is_read_and_shown_alike(text: str) -> None:
    assert parse_cadence(text) == CADENCES[text]
    assert show_cadence(CADENCES[text]) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("At  once", "at once"),
        ("every 0.5h", ""),
        ("every 2 hours", "every 120m"),
        ("daily 8:00", "daily 08:00"),
        ("daily 18:00 08:00 and 13:00", "daily 08:00, 13:00, 18:00"),
        ("daily 08:00,08:00", "daily 08:00"),
        ("Working days 08:00, 18:00", "workdays 08:00, 18:00"),
        ("weekdays 08:00 and 18:00", "workdays 08:00, 18:00"),
        ("weekly Mon-Fri 08:00 18:00", "workdays 08:00, 18:00"),
        ("weekly Sun \N{EN DASH} Thu 08:00", "weekly Mon, Tue, Wed, Thu, Sun 08:00"),
        ("weekly thursday, monday and mo. 08:00,13:00", "weekly Mon, Thu 08:00, 13:00"),
        ("weekly sunday 23:59", "weekly Sun 23:59"),
    ],
)
def test_other_spellings_mean_the_same(text: str, meant: str) -> None:
    if meant:
        assert show_cadence(parse_cadence(text)) == meant
    else:
        with pytest.raises(PydanticCustomError):
            parse_cadence(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "does not say when"),
        ("now", "does not say when"),
        ("daily", "does not say when"),
        ("workdays", "does not say when"),
        ("daily 25:00", "is not a time of day"),
        ("daily 08:00, 8 pm", "is not a time of day"),
        ("weekly", "does not say when"),
        ("weekly 09:00", "weekly needs days and times"),
        ("weekly Mon", "weekly needs days and times"),
        ("weekly Mon 09:00 Thu", "is not a time of day"),
        ("weekly Mon-Xyz 09:00", "is not a day of the week"),
        ("weekly - 09:00", "does not say when"),
        ("every 10s", "between 1m and 7d"),
        ("08:00", "does not say when"),
    ],
)
def test_a_mistake_is_said(text: str, said: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse_cadence(text)
    assert said in str(caught.value)
    assert (caught.value.context or {})["hint"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("dayly", "daily 08:00"),
        ("dayly 09:30", "daily 09:30"),
        ("daily", "daily 08:00"),
        ("workday 9:00", "workdays 9:00"),
        ("weekly", "weekly Mon 09:00"),
        ("weekly 09:00", ""),
        ("houry", "hourly"),
        ("at onse", "at once"),
        ("once", "at once"),
        ("evry 30m", "every 30m"),
        ("sometimes", ""),
        ("", ""),
    ],
)
def test_a_wrong_word_is_answered_with_the_nearest_right_one(text: str, meant: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse_cadence(text)
    hint = (caught.value.context or {})["hint"]
    assert hint == f"did you mean {meant}?" if meant else hint.startswith(("one of: ", "weekly Mon"))


def test_a_comma_that_ends_the_value_is_pointed_out(tmp_path: Path) -> None:
    rule = "rules:\n  - {name: a, to: desk@m.test, send: daily 08:00, 13:00: yes, query: acme}\n"
    [problem] = loaded(tmp_path, {"rules.yaml": rule}).errors
    assert problem.message == "unknown key “13:00”"
    assert 'send: "daily 08:00, 13:00"' in problem.hint
