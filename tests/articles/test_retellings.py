"""What surely tells again what was told, and is silent for it; whatever is not sure is told."""

from __future__ import annotations

import pytest

from monitor.articles.retellings import ComparedStory, surely_retells, teller_of_numbers
from monitor.articles.same_event import Likeness
from monitor.event_values import EventText
from tests.articles.events import FIRE, FIRE_IN_RUSSIAN, FIRE_TOLD_AGAIN, alike, text

AGAIN = FIRE_TOLD_AGAIN[1]


def _is_silent(new: EventText, *story: EventText) -> bool:
    compared = [(alike(new.signs, one.signs, new.at - one.at), one) for one in story]
    return surely_retells(new, ComparedStory(compared))


@pytest.mark.parametrize(("said", "language"), [(FIRE_TOLD_AGAIN, "en"), (FIRE_IN_RUSSIAN, "ru")])
def test_what_another_outlet_tells_in_other_words_within_hours_is_a_retelling(
    said: tuple[str, str], language: str
) -> None:
    assert _is_silent(text(2, said, hours=2, language=language), text(1, FIRE))
    assert not _is_silent(text(2, said, hours=4 if language == "en" else 3, language=language), text(1, FIRE))


def test_an_outlet_that_comes_back_to_its_story_is_told() -> None:
    story = [text(1, FIRE), text(2, FIRE_IN_RUSSIAN, hours=1, language="ru")]
    assert _is_silent(text(3, FIRE_TOLD_AGAIN, hours=2), *story)
    assert not _is_silent(text(1, FIRE_TOLD_AGAIN, hours=2), *story)
    assert not _is_silent(text(2, FIRE_TOLD_AGAIN, hours=2), *story)


@pytest.mark.parametrize(
    ("title", "is_silent"),
    [
        ("Ferry on fire off Chios: 212 rescued", True),
        ("Ferry on fire off Chios: 31 rescued", False),
        ("Ferry on fire off Rhodes", False),
        ("Ferry on fire off Chios, Whitcombe", False),
        ("Ferry on fire off Chios sinks", False),
        ("Ferry on Fire off Chios, Passengers Rescued", True),
    ],
)
def test_a_title_with_a_word_of_its_own_is_told(title: str, is_silent: bool) -> None:
    assert _is_silent(text(2, (title, AGAIN), hours=1), text(1, FIRE)) is is_silent


def test_what_was_expected_and_happens_is_told() -> None:
    trial = (
        "Verdict on Berger expected",
        "The court in Graz will give its verdict on former governor Berger on Monday, who is accused of bribery in the "
        "sale of the Graz airport. The prosecution wants seven years in prison, the defence an acquittal.",
    )
    verdict = (
        "Acquittal for Berger",
        "Former governor Berger is not guilty of bribery in the sale of the Graz airport, the court said on Monday.",
    )
    sure = Likeness(1.8, (), 6.0)
    story = ComparedStory([(sure, text(1, trial))])
    assert not surely_retells(text(2, verdict, hours=2), story)
    assert surely_retells(text(2, ("Verdict on Berger in Graz", verdict[1]), hours=2), story)
    assert not surely_retells(text(2, ("Verdict on Berger in Graz", verdict[1]), hours=4), story)


def test_places_alone_that_were_not_told_are_another_event_in_any_language() -> None:
    story = text(1, FIRE)
    assert _is_silent(text(2, ("Пожар на пароме у Хиоса", FIRE_IN_RUSSIAN[1]), language="ru"), story)
    assert not _is_silent(text(2, ("Пожар на пароме у Крита", FIRE_IN_RUSSIAN[1]), language="ru"), story)


@pytest.mark.parametrize(
    ("first", "said", "is_silent"),
    [
        ("Shook at 4.1, 21 hurt", "Shook at 4.1, 21 hurt, 300 fled", False),
        ("Shook at 4.1, 21 hurt", f"Shook at 4.1, 21 hurt. {'It shook on there. ' * 9}300 fled", True),
        ("Shook at 4.1, 21 hurt", "Shook at 4.3, 12 hurt", False),
        ("Shook at 4.1, 21 hurt", "Shook, 12 hurt", False),
        ("Shook at 4.1", "Shook at 4.1", True),
        ("Shook at 4.1", "Shook at 4.3", False),
        ("Shook 4 times", "Shook 3 times", False),
        ("Shook", "Shook at 4.3, 12 hurt", False),
        ("Shook at 4.1, 21 hurt", "Shook", True),
    ],
)
def test_what_has_other_numbers_is_not_told_again(first: str, said: str, is_silent: bool) -> None:
    new, story = text(2, ("Harbour shook", said)), text(1, ("Harbour shook", first))
    assert surely_retells(new, ComparedStory([(Likeness(1.8, (), 6.0), story)])) is is_silent


def test_numbers_of_the_whole_story_are_told() -> None:
    new, first, second = (text(3 - at, ("Harbour shook", said)) for at, said in enumerate(("30", "21", "30")))
    sure, unlike = Likeness(1.8, (), 6.0), Likeness(1.6, (), 6.0)
    assert not surely_retells(new, ComparedStory([(sure, first)]))
    assert surely_retells(new, ComparedStory([(sure, first), (unlike, second)]))


def test_it_is_sure_by_the_whole_story_and_by_more_than_one_phrase() -> None:
    new, first, second = text(3, FIRE_TOLD_AGAIN, hours=1), text(1, FIRE), text(2, FIRE)
    sure, separate = Likeness(1.8, (), 6.0), Likeness(1.8, (), 4.0)
    assert surely_retells(new, ComparedStory([(sure, first), (sure, second)]))
    assert not surely_retells(new, ComparedStory([(sure, first), (Likeness(0.0), second)]))
    assert not surely_retells(new, ComparedStory([(separate, first)]))
    assert surely_retells(text(3, FIRE_IN_RUSSIAN, language="ru"), ComparedStory([(separate, first)]))


def test_a_phrase_that_two_texts_share_counts_once() -> None:
    phrase = "Meridian Harbour Fairness Forum"
    said = (
        "Grain became cheap while farmers stored it in old sheds, and wolves came near the quiet village at night",
        "Snow fell on roads and bridges in the mountains, where drivers saw wolves beside their cars this morning",
    )
    one, other = (text(number, (phrase, f"{words}, {phrase} heard.")) for number, words in enumerate(said))
    found = alike(one.signs, other.signs)
    assert found.score > 1.5
    assert found.separate < 4, "a phrase is worth no more than one of its words"
    again = alike(text(1, FIRE).signs, text(2, FIRE_TOLD_AGAIN).signs)
    assert again.separate > 8


def test_people_and_places_alone_are_no_retelling_in_another_language() -> None:
    jet = "Merz and Macron agree on fighter jet", "Friedrich Merz and Emmanuel Macron agreed in Paris on a fighter jet."
    trade = (
        "Merz und Macron über Mercosur",
        "Friedrich Merz und Emmanuel Macron haben in Paris über Mercosur gesprochen.",
    )
    sure, told = Likeness(1.8, (), 6.0), text(1, jet)
    assert not surely_retells(text(2, trade, language="de"), ComparedStory([(sure, told)]))
    fire = "Brand auf der Fähre", "Ein Brand auf der Fähre hält Leute fest."
    english = text(1, ("Ferry on fire", "A fire on the ferry keeps people there."))
    assert surely_retells(text(2, fire, language="de"), ComparedStory([(sure, english)]))
    arrests = "Brand auf der Fähre: Festnahmen", "Nach dem Brand auf der Fähre gab es Festnahmen."
    assert not surely_retells(text(2, arrests, language="de"), ComparedStory([(sure, english)])), "a topic of its own"


@pytest.mark.parametrize(
    ("language", "told", "said", "is_silent"),
    [
        ("en", "Harbour blast: six dead", "Six dead in harbour blast", True),
        ("en", "Harbour blast: six dead", "6 dead in harbour blast", True),
        ("en", "Harbour blast: five dead", "Six dead in harbour blast", False),
        ("en", "Harbour blast: 41 hurt", "Dozens hurt in harbour blast", True),
        ("en", "Harbour blast: 7 hurt", "Dozens hurt in harbour blast", False),
        ("en", "Harbour blast: dozens hurt", "Harbour blast: 41 hurt", False),
        ("en", "Bulgaria: harbour blast", "Bulgarian harbour blast a tragedy", True),
        ("en", "Bulgaria: harbour blast", "Greek harbour blast", False),
        ("de", "Zwei Tote am Hafen", "Drei Tote am Hafen", False),
        ("ru", "Взрыв в порту Болгарии: до пяти погибших", "Взрыв в болгарском порту: погибли 5", True),
    ],
)
def test_number_words_and_nationalities_are_what_they_stand_for(
    language: str, told: str, said: str, is_silent: bool
) -> None:
    new, story = (text(number, (title, ""), language=language) for number, title in ((2, said), (1, told)))
    assert surely_retells(new, ComparedStory([(Likeness(1.8, (), 6.0), story)])) is is_silent


@pytest.mark.parametrize(
    ("told", "said", "is_silent"),
    [
        ("Five people died.", "Six people died.", False),
        ("Five people died.", "Two shifts ended when five died.", False),
        ("Five people died.", "Five died of six who were there.", False),
        ("People died.", "Six people died.", False),
        ("Five people died and six fled.", "Six people died.", True),
        ("Five people died, six are missing.", "Six people died, five are missing.", False),
        ("It killed five.", "It killed seven there.", False),
        ("It killed 12, injured 14.", "It killed 14, injured 12.", False),
        ("It killed 12, injured 14.", "12 were killed and 14 injured.", True),
        ("Dozens hurt, 5 dead.", "Dozens dead, 5 hurt.", False),
        ("Five people died.", f"Five died. {'It burned on and on there. ' * 6}In March seven people died.", True),
    ],
)
def test_another_toll_in_the_first_sentences_is_told_though_the_title_is_the_same(
    told: str, said: str, is_silent: bool
) -> None:
    new, story = text(2, ("Harbour blast", said)), text(1, ("Harbour blast", told))
    assert surely_retells(new, ComparedStory([(Likeness(1.8, (), 6.0), story)])) is is_silent


def test_whose_something_is_and_the_country_of_a_language_are_no_other_place() -> None:
    sure, told = (
        Likeness(1.8, (), 6.0),
        text(1, ("Brand im Hafen", "Ein Brand im Hafen hält Leute fest."), language="de"),
    )
    story = ComparedStory([(sure, told)])
    for title, is_silent in (("Greek port on fire", True), ("Germany: port fire", True), ("Greece: port fire", False)):
        assert surely_retells(text(2, (title, "A fire in the port keeps people there.")), story) is is_silent


def test_one_word_of_a_topic_in_the_title_is_enough_whatever_words_of_it_follow() -> None:
    told = text(1, ("Nobel prize to Haddad", "The prize, an award, went to Haddad."))
    again = text(2, ("Nobelpreis an Haddad", "Die Auszeichnung geht an Haddad, als Preis."), language="de")
    assert surely_retells(again, ComparedStory([(Likeness(1.8, (), 6.0), told)]))


BURGLAR = (
    "Man jailed for burglary in Leeds",
    "Darren Holt, 38, of Harehills, admitted six burglaries at Leeds Crown Court. He stole jewels worth £12,000.",
)


@pytest.mark.parametrize(
    ("named", "is_silent"),
    [
        ("Darren Holt", True),
        ("Kevin Marsh", False),
        ("Of Leeds, Holt", True),
        ("It burned. " * 20 + "Kevin Marsh", True),
    ],
)
def test_who_names_somebody_else_at_once_tells_of_another(named: str, is_silent: bool) -> None:
    new = text(2, (BURGLAR[0], f"{named}, of Harehills, admitted six burglaries. He stole jewels worth £12,000."))
    assert surely_retells(new, ComparedStory([(Likeness(1.8, (), 6.0), text(1, BURGLAR))])) is is_silent


@pytest.mark.parametrize(
    ("title", "said", "hours", "is_silent"),
    [
        ("Хиос: капитан арестован", "Капитан арестован после пожара.", 1.2, True),
        ("Хиос: капитан арестован", "Капитан арестован после пожара.", 4, False),
        ("Хиос: капитан арестован", "Капитан арестован после пожара.", 0.8, False),
        ("Хиос: капитан арестован", "По словам министра, арестован Виктор Жданов.", 1.2, False),
        ("Хиос: капитан арестован и признался", "Капитан арестован после пожара.", 1.2, False),
        ("Хиос: капитан освобождён", "Капитан не арестован.", 1.2, False),
        ("Хиос: капитан пожаловался", "Капитан арестован после пожара.", 1.2, False),
        ("Хиос: пожар и погибшие", "Пожар на пароме: погибли люди.", 1.2, False),
        ("Хиос: арест, взрыв", "Капитан арестован после взрыва.", 1.2, False),
    ],
)
def test_who_translates_a_development_that_came_since_tells_nothing_new(
    title: str, said: str, hours: float, is_silent: bool
) -> None:
    first = text(2, ("Хиос: пожар на пароме, капитан жив", "Пожар на пароме: погибли люди."), language="ru")
    arrest = text(3, ("Captain arrested after Chios fire", "The captain was arrested."), hours=1)
    new = text(2, (title, said), hours=hours, language="ru")
    story = ComparedStory([(Likeness(1.6, (), 3.0), first), (Likeness(2.0, (), 3.0), arrest)])
    assert surely_retells(new, story) is is_silent


def test_a_development_is_told_by_whom_it_came_from_and_not_by_its_own_language() -> None:
    first = text(2, ("Fire near Chios", "A ferry burns near Chios."))
    arrest = text(3, ("Captain arrested after fire", "The captain was arrested near Chios."), hours=1)
    again = text(2, ("Captain arrested after fire", "The captain was arrested."), hours=2)
    assert not surely_retells(again, ComparedStory([(Likeness(1.6, (), 3.0), first), (Likeness(2.0, (), 3.0), arrest)]))


@pytest.mark.parametrize(
    ("title", "said", "teller"),
    [
        ("260 freed", "Both sides freed 130.", 2),
        ("260 freed, 130 each", "Both sides freed 130.", 2),
        ("270 freed", "Both sides freed 130.", None),
        ("Prisoners freed", "Both sides freed 130.", None),
        ("260 dead", "They were killed.", None),
    ],
)
def test_who_has_told_all_numbers_of_a_title(title: str, said: str, teller: int | None) -> None:
    others = [
        text(1, ("130 freed", "Both sides freed 130, and 5 were killed.")),
        text(2, ("Обмен: 260 человек", "Это 130 с каждой стороны."), language="ru"),
    ]
    found = teller_of_numbers(text(3, (title, said)), others)
    assert (found.article_id if found else None) == teller
