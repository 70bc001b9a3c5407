"""Whether two articles are about one event."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.same_event import likeness, may_be_alike, most_alike
from monitor.articles.sign_worths import Rarity, WeighedSigns
from tests.articles.events import (
    FIRE,
    FIRE_IN_RUSSIAN,
    FIRE_TOLD_AGAIN,
    FIRE_TOLL,
    OTHER_FIRE,
    WEATHER,
    alike,
    signs,
    weighed,
)

HOUR = timedelta(hours=1)


def _score(one: tuple[str, str], other: tuple[str, str], apart: timedelta = HOUR, language: str = "en") -> float:
    return alike(signs(one), signs(other, language, "two"), apart).score


def test_the_same_event_in_one_language_and_in_two() -> None:
    assert _score(FIRE, FIRE_TOLD_AGAIN) >= 1
    assert _score(FIRE, FIRE_IN_RUSSIAN, language="ru") >= 1
    assert _score(FIRE_TOLD_AGAIN, FIRE_IN_RUSSIAN, language="ru") >= 1


def test_another_event_of_its_kind_with_the_same_numbers() -> None:
    assert _score(FIRE, OTHER_FIRE) < 0.8
    assert _score(OTHER_FIRE, FIRE_IN_RUSSIAN, language="ru") < 0.85


def test_what_they_share_is_told_the_most_telling_first() -> None:
    found = alike(signs(FIRE), signs(FIRE_IN_RUSSIAN, "ru", "two"), HOUR)
    assert {"212", "stavros", "melidis"} <= {sign.text for sign in found.shared[:6]}


def test_given_name_and_surname_across_languages_are_not_enough() -> None:
    one = ("Mayor Olena Dovbush opens a bridge", "The bridge over the river was paid by the region.")
    other = ("Елена Довбуш уходит в отпуск", "Об этом рассказала пресс-секретарь.")
    assert _score(one, other, language="ru") < 0.8


@pytest.mark.parametrize("days", [1, 2, 4])
def test_more_is_needed_the_longer_apart_and_of_one_outlet(days: int) -> None:
    near = _score(FIRE, FIRE_TOLL)
    assert _score(FIRE, FIRE_TOLL, timedelta(days=days)) < near
    assert alike(signs(FIRE), signs(FIRE_TOLL), HOUR).score < near
    assert _score(FIRE, FIRE_TOLL, 4 * HOUR) == near > _score(FIRE, FIRE_TOLL, 5 * HOUR)


def test_the_same_words_another_day_with_other_numbers_are_a_series() -> None:
    today, tomorrow = ((WEATHER[0], WEATHER[1].format(740 + degrees, degrees)) for degrees in (5, 19))
    assert _score(today, tomorrow, timedelta(hours=24)) == 0
    assert (
        _score(("Army: 41 drones shot down", FIRE[1]), ("Army: 57 drones shot down", FIRE[1]), timedelta(days=1)) == 0
    )
    assert _score(today, tomorrow) == 0, "two of one template"


def test_what_has_the_wording_of_another_text_is_no_retelling_of_it() -> None:
    """A copy is known by its text; what is no copy there is a template about something else."""
    elsewhere = tuple(said.replace("Chios", "Rhodes").replace("Evangelia", "Aurora") for said in FIRE)
    assert _score(FIRE, (elsewhere[0], elsewhere[1])) == 0
    half_of_it = " ".join(FIRE[1].split()[:20])
    assert _score(FIRE, (FIRE_TOLD_AGAIN[0], f"{half_of_it} {FIRE_TOLD_AGAIN[1]}")) == 0
    assert _score(FIRE, FIRE_TOLD_AGAIN) >= 1


@pytest.mark.parametrize(("people", "is_told_again"), [("181", False), ("287", True), ("many", True)])
def test_less_of_its_wording_is_of_a_form_where_no_number_is_the_same(people: str, is_told_again: bool) -> None:
    told = "on board made an emergency landing at Shannon Airport"
    first = f"An Airbus from Munich with 287 people {told} and was met by fire crews, the airport said. Smoke had been"
    one = ("Smoke over the Atlantic", f"{first} seen in the galley. A faulty oven is blamed, said the airline.")
    other = f"A Boeing from Dublin with {people} people {told} after hitting geese. Nobody was hurt. One engine lost"
    two = ("Geese stop holiday makers", f"{other} blades and travellers went home by coach, said Captain Rory Molloy.")
    assert (_score(one, two) > 0) is is_told_again


def test_who_is_named_in_the_same_words_soon_tells_how_it_goes_on() -> None:
    first = "early on Monday, killing three and sending 41 people to hospital, the harbour master Ivan Petkov said."
    one = ("Chlorine leak at Varna port kills three", f"Chlorine leaked from a tank at the port of Varna {first}")
    second = "after the chlorine leak that has now killed six people, the harbour master Ivan Petkov said. The bulk"
    more = f"The port of Varna opened on Monday {second} carrier Thassos Wave entered with 22,000 tonnes of maize."
    assert _score(one, ("Varna port reopens as chlorine death toll rises to six", more)) >= 1
    assert _score(one, ("Varna port reopens as chlorine death toll rises to six", more), 5 * HOUR) == 0
    assert _score(one, ("Ships enter again as toll rises to six", more)) == 0


REPORTS = [
    (f"Report {token} from the town hall", f"Heard in the town hall today: omega. Edition 1. They said {said}.")
    for token, said in (("p17x", "goram lisit pemun"), ("p18x", "tavok berim salun"))
]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_at_first_a_form_that_two_reports_share_is_no_event(language: str) -> None:
    """To a monitor that has seen little every word is rare: what they share must be names and numbers."""
    one, other = signs(REPORTS[0]), signs(REPORTS[1], language, "two")
    one, other = (said._replace(meaning=b"\x7f") for said in (one, other))
    assert likeness(WeighedSigns(one, Rarity()), WeighedSigns(other, Rarity()), HOUR).score < 1


@pytest.mark.parametrize(("other", "language"), [(FIRE_TOLD_AGAIN, "en"), (FIRE_TOLL, "en"), (FIRE_IN_RUSSIAN, "ru")])
def test_at_first_an_event_is_known_by_its_names(other: tuple[str, str], language: str) -> None:
    one, two = signs(FIRE), signs(other, language, "two")
    assert likeness(WeighedSigns(one, Rarity()), WeighedSigns(two, Rarity()), HOUR).score >= 1


def test_two_outlets_that_say_the_very_same_at_once_tell_of_one_event() -> None:
    assert _score(FIRE, FIRE) >= 1
    assert _score(FIRE, FIRE, 2 * HOUR) == 0
    assert alike(signs(FIRE), signs(FIRE), HOUR).score == 0


_sentences = st.lists(st.sampled_from(" ".join((*FIRE, *OTHER_FIRE)).split()), min_size=1, max_size=30).map(" ".join)


@given(_sentences, _sentences)
def test_in_one_language_it_is_the_same_from_both_sides(one: str, other: str) -> None:
    first, second = signs(("", one)), signs(("", other), outlet="two")
    there, back = alike(first, second, HOUR), alike(second, first, -HOUR)
    assert there.score == pytest.approx(back.score)
    assert alike(first, first, HOUR).score >= 0


@given(_sentences, _sentences, st.sampled_from(["en", "ru"]), st.sampled_from([b"", b"\x7f\x01", b"\x81\x01"]))
def test_what_is_told_quickly_is_never_less_than_how_alike_they_are(
    one: str, other: str, language: str, meaning: bytes
) -> None:
    first = signs((one, other))._replace(meaning=b"\x7f\x01")
    second = signs((other, one), language, "two")._replace(meaning=meaning)
    for said in (first, second):
        for apart in (HOUR, -30 * HOUR):
            score = alike(said, first, apart).score
            assert most_alike(weighed(said), weighed(first)) >= score
            assert may_be_alike(weighed(said), weighed(first), apart, score)


def test_different_events_are_told_apart_quickly() -> None:
    for language in ("en", "ru"):
        assert most_alike(weighed(signs(FIRE)), weighed(signs(WEATHER, language, "two"))) < 0.5
        assert not may_be_alike(weighed(signs(FIRE)), weighed(signs(WEATHER, language, "two")), HOUR, 0.5)
        assert may_be_alike(weighed(signs(FIRE)), weighed(signs(FIRE_TOLD_AGAIN, language, "two")), HOUR, 1)


def test_likeness_in_meaning_makes_it_surer_or_less_sure_and_its_absence_changes_nothing() -> None:
    def score(one: bytes, other: bytes, language: str = "en") -> float:
        first, second = signs(FIRE)._replace(meaning=one), signs(OTHER_FIRE, language, "two")._replace(meaning=other)
        return alike(first, second, HOUR).score

    for language in ("en", "ru"):
        plain = score(b"", b"", language)
        assert score(b"\x7f\x01", b"\x7f\x01", language) > plain > score(b"\x7f\x01", b"\x81\x01", language)
        assert score(b"\x7f\x01", b"", language) == score(b"\x7f", b"\x7f\x01", language) == plain


def test_what_two_articles_mean_makes_no_story_of_a_series() -> None:
    texts = [(WEATHER[0], WEATHER[1].format(740 + degrees, degrees)) for degrees in (5, 19)]
    issues = [signs(one)._replace(meaning=b"\x7f") for one in texts]
    assert alike(issues[0], issues[1], timedelta(days=1)).score == 0
