"""Two texts are copies, one updates the other, or they are different: by their words, their numbers and their names."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.copies import MIN_WORDS, WITHIN, Resemblance, compare, text_signature
from monitor.articles.openings import LENGTH
from monitor.story_values import BANDS, Relation, TextSignature
from monitor.text import tokenize

HOUR = timedelta(hours=1)
WIRE = (
    "The harbour of Istanbul is closed for ships since Monday, said the governor Davut Yilmaz in a letter to captains. "
    "At least 12 people were killed in the storm and 340 houses have lost their roofs, the rescue service reports. "
    "Schools in Kadikoy stay shut until Thursday. Ferries to Yalova will not leave before the wind drops below 60 "
    "kilometres an hour, while the airport works as usual, although many flights are late."
)
FOOTER = " Read more about this in our evening newsletter, to which you can subscribe at any time for free."
BULLETIN = (
    "The central bank has set the official rates for tomorrow. The dollar costs {} roubles, the euro {} roubles, the "
    "yuan {} roubles and the pound {} roubles. The rates of all other currencies can be found on the site of the bank, "
    "which sets them anew on every working day of the week before noon."
)
ALERT = (
    "An air raid alert was declared in {} region, the military administration says. People are asked to go to the next "
    "shelter at once, not to film the work of air defence, and to wait there until the end of the alert is announced. "
    "The head of the administration of {} region reminds everybody that trains stop for as long as it lasts."
)


def signed(text: str, title: str = "") -> TextSignature:
    signature = text_signature(tokenize(title), tokenize(text))
    assert signature
    return signature


def relation(new: str, old: str, apart: timedelta = HOUR) -> Relation | None:
    found = compare(signed(new), signed(old), apart, same_outlet=False)
    return found.relation if found else None


def test_a_text_is_found_by_its_smallest_hashes_and_those_of_its_half_are_among_them() -> None:
    whole, half = signed(WIRE), signed(" ".join(WIRE.split()[: len(WIRE.split()) // 2]))
    assert len(whole.bands) == BANDS
    assert list(whole.sketch) == sorted(set(whole.sketch))
    assert set(whole.bands) & set(half.bands)
    assert signed(WIRE) == whole


@pytest.mark.parametrize(
    "copied",
    [
        WIRE,
        WIRE.upper(),
        WIRE.replace(",", " -").replace(".", "!"),
        "Our correspondent reports from Ankara. " + WIRE + FOOTER,
        " ".join(WIRE.split()[:50]),
        " ".join(WIRE.split()[:36]),
        " ".join(WIRE.split()[:45]) + FOOTER,
        WIRE.replace("captains", "skippers").replace("roofs", "tiles"),
    ],
)
def test_what_says_nothing_new_is_a_copy(copied: str) -> None:
    assert relation(copied, WIRE) is Relation.COPY
    found = compare(signed(copied), signed(WIRE), -HOUR, same_outlet=False)
    assert found
    assert 0 < found.score <= 1


def test_other_numbers_or_names_in_the_same_places_are_an_update() -> None:
    assert compare(
        signed(WIRE.replace("12 people", "15 people")), signed(WIRE), HOUR, same_outlet=False
    ) == Resemblance(
        Relation.UPDATE,
        pytest.approx(0.9, abs=0.1),
        ("98% of the shorter text, 94% of both", "other numbers in the same places"),
    )
    assert relation(WIRE.replace("Yalova", "Bandirma"), WIRE) is Relation.UPDATE


def test_a_text_that_says_much_more_is_an_update_and_what_it_holds_a_copy() -> None:
    more = WIRE + " " + " ".join(f"word{number} of another report" for number in range(20))
    assert relation(more, WIRE) is Relation.UPDATE
    assert relation(WIRE, more) is Relation.COPY


def test_a_daily_bulletin_is_another_text_than_that_of_another_day() -> None:
    today, yesterday = BULLETIN.format(92, 101, 13, 117), BULLETIN.format(93, 102, 14, 118)
    assert relation(today, yesterday) is None
    assert relation(today, yesterday, 24 * HOUR) is None
    assert relation(today, today + FOOTER) is Relation.COPY


def test_one_number_in_the_same_place_updates_a_text_of_the_day_and_no_older_one() -> None:
    one, other = (WIRE.replace("12", toll).replace("340", "many").replace("60 ", "some ") for toll in ("12", "15"))
    assert relation(one, other, 9 * HOUR) is Relation.UPDATE
    assert relation(one, other, 20 * HOUR) is None


def test_a_toll_that_rises_in_text_and_title_is_an_update() -> None:
    one, other = (
        signed(WIRE.replace("12", toll), f"Storm in Istanbul harbour kills {toll} people") for toll in ("12", "15")
    )
    for same_outlet in (True, False):
        found = compare(other, one, HOUR, same_outlet=same_outlet)
        assert found
        assert found.relation is Relation.UPDATE


@pytest.mark.parametrize(
    ("told", "new"),
    [
        (
            ("Bank expected to close the harbour", WIRE.replace("is closed", "is expected to be closed")),
            ("Harbour of Istanbul closed", WIRE),
        ),
        (
            ("Storm in Istanbul", WIRE.replace("At least 12", "Many")),
            ("Storm in Istanbul kills 12", WIRE.replace("At least 12", "Many")),
        ),
    ],
)
def test_what_came_true_and_what_only_the_title_counts_is_an_update(
    told: tuple[str, str], new: tuple[str, str]
) -> None:
    found = compare(signed(new[1], new[0]), signed(told[1], told[0]), HOUR, same_outlet=False)
    assert found
    assert found.relation is Relation.UPDATE


def test_a_template_about_another_place_is_another_text() -> None:
    kharkiv, sumy, kyiv, kiev = (
        signed(ALERT.format(place, place), f"Alert in {place} region") for place in ("Kharkiv", "Sumy", "Kyiv", "Kiev")
    )
    for same_outlet in (True, False):
        assert compare(sumy, kharkiv, HOUR, same_outlet=same_outlet) is None
        found = compare(kyiv, kiev, HOUR, same_outlet=same_outlet)
        assert found
        assert found.relation is Relation.COPY


def test_a_template_that_says_no_name_in_its_title_is_told_as_going_on() -> None:
    assert relation(ALERT.format("Kherson", "Kherson"), ALERT.format("Kharkiv", "Kharkiv")) is Relation.UPDATE


def test_titles_that_each_tell_a_word_of_their_own_text_are_of_different_texts() -> None:
    said = "The court has {} the former minister of energy, who is accused of taking money from the state's company"
    one, other = (signed(said.format(what) + WIRE[:200], f"Minister {what}") for what in ("arrested", "released"))
    assert compare(one, other, HOUR, same_outlet=False) is None
    for what, expected in (("detained", Relation.UPDATE), ("released", Relation.COPY)):
        again = signed(said.format(what) + WIRE[:200], "Court decides on minister")
        found = compare(again, other, HOUR, same_outlet=False)
        assert found
        assert found.relation is expected


@pytest.mark.parametrize("other", ["Hull", "40"])
def test_of_one_outlet_titles_of_a_template_over_one_text_are_told_both(other: str) -> None:
    one, two = signed(WIRE, "Council of Leeds meets"), signed(WIRE, f"Council of {other} meets")
    found = compare(two, one, HOUR, same_outlet=True)
    assert found
    assert found.relation is Relation.UPDATE


@pytest.mark.parametrize("mark", ["UPDATE 2-{}", "LEAD 1: {}", "обновление: {}", "AKTUALISIERT {}", "{} (updated)"])
@pytest.mark.parametrize("number", [20, 60])
def test_of_one_outlet_a_title_that_is_marked_as_an_update_over_one_text_is_a_copy(mark: str, number: int) -> None:
    text, title = " ".join(WIRE.split()[:number]), "Harbour of Istanbul closed"
    first, again = signed(text, title), signed(text, mark.format(title))
    for new, old in ((again, first), (first, again), (again, signed(text, f"UPDATE 1-{title}"))):
        found = compare(new, old, HOUR, same_outlet=True)
        assert found
        assert found.relation is Relation.COPY
    assert signed("Ships wait.", mark.format("Harbour of Istanbul closed for ships since Monday says the governor"))


def test_a_brief_text_that_is_marked_as_an_update_and_says_more_is_one() -> None:
    title, words = "Harbour of Istanbul closed", WIRE.split()
    first, more = signed(" ".join(words[:20]), title), signed(" ".join(words[:26]), f"UPDATE 1-{title}")
    found = compare(more, first, HOUR, same_outlet=True)
    assert found
    assert found.relation is Relation.UPDATE
    unmarked = compare(signed(" ".join(words[:26]), title), first, HOUR, same_outlet=True)
    assert unmarked
    assert unmarked.relation is Relation.COPY


def test_a_name_more_in_title_and_text_says_something_new() -> None:
    one = signed(WIRE.replace("Ferries to Yalova", "Ferries to Yalova and Bursa"), "No ferries to Yalova and Bursa")
    found = compare(one, signed(WIRE, "No ferries to Yalova"), HOUR, same_outlet=False)
    assert found
    assert found.relation is Relation.UPDATE
    back = compare(signed(WIRE, "No ferries to Yalova"), one, HOUR, same_outlet=False)
    assert back
    assert back.relation is Relation.UPDATE, "and what is taken away may, like `not`"


def test_another_lead_or_end_of_the_same_text_is_an_update_where_its_title_tells_of_it() -> None:
    old, lead = signed(WIRE, "No ferries to Yalova"), "The minister of transport has resigned, says his office."
    titles = {"Minister resigned over ferries": Relation.UPDATE, "No ferries leave for Yalova": Relation.COPY}
    for text in (f"{lead} {WIRE}", f"{WIRE} {lead}"):
        for title, expected in titles.items():
            found = compare(signed(text, title), old, HOUR, same_outlet=False)
            assert found
            assert found.relation is expected
    # An outlet's own first words are none that the title tells of, and what is shorter says nothing more.
    back = compare(old, signed(f"{lead} {WIRE}", "Minister resigned over ferries"), HOUR, same_outlet=False)
    assert back
    assert back.relation is Relation.COPY


def test_at_another_outlet_a_region_that_only_titles_of_a_template_say_is_told() -> None:
    text = " ".join(WIRE.split()[:30])
    one, other = (signed(text, f"Warning of storms in {place} county") for place in ("Istanbul", "Aurich"))
    north = signed(text, "Warning of storms in Hull county")
    for new, old, expected in ((other, north, Relation.UPDATE), (one, other, Relation.COPY)):
        found = compare(new, old, HOUR, same_outlet=False)
        assert found
        assert found.relation is expected


def test_a_brief_text_that_an_outlet_says_again_is_told_and_at_once_a_copy() -> None:
    alert = signed(" ".join(ALERT.format("Sumy", "Sumy").split()[:20]), "Alert in Sumy region")
    for hours, same_outlet, expected in (
        (1, True, "copy"),
        (2, True, "update"),
        (2, False, "copy"),
        (5, False, "update"),
    ):
        found = compare(alert, alert, hours * HOUR, same_outlet=same_outlet)
        assert found
        assert found.relation == expected


def test_brief_texts_must_be_contained_whole_and_come_on_one_day() -> None:
    brief = " ".join(WIRE.split()[:20])
    assert relation(brief, brief + " and others") is Relation.COPY
    assert relation(brief.replace("harbour", "bridge"), brief) is Relation.UPDATE
    assert relation(brief.replace("harbour", "bridge").replace("closed", "open"), brief) is None
    assert relation(brief, brief, 4 * HOUR) is Relation.COPY
    assert relation(brief, brief, 10 * HOUR) is Relation.UPDATE
    assert relation(brief, brief, -11 * HOUR) is None
    assert relation(WIRE, WIRE, 2 * 24 * HOUR) is Relation.COPY
    assert relation(WIRE, WIRE, WITHIN + HOUR) is None


def test_a_title_counts_only_where_the_text_is_too_short() -> None:
    assert signed(WIRE, "The harbour is closed").sketch == signed(WIRE).sketch
    few = "No ships today, says the governor of the town."
    assert text_signature(tokenize(""), tokenize(few)) is None
    assert signed(few, "The harbour is closed").sketch != signed(few, "The bridge is closed").sketch
    assert text_signature(tokenize("Closed"), tokenize("No ships.")) is None


NOTICE = (
    "We and our partners use cookies and similar means to keep information on your device and to read it there, to "
    "show you fitting advertisements and to learn how they are used. You may change your choice at the foot of every "
    "page at any time. Read more in our privacy notice. Subscribe to our newsletter and follow us on all networks."
)


def test_two_texts_under_one_notice_are_different() -> None:
    one = "The mayor of Oslo opened a bridge over the river on Sunday, closed for two years since the flood of August."
    other = "Three players of the national team are hurt and will miss the match in Denmark, says their coach."
    assert relation(f"{one} {NOTICE}", f"{other} {NOTICE}") is None
    assert relation(f"{one} {NOTICE}", f"{one} {NOTICE}") is Relation.COPY


def test_one_text_under_several_titles_is_a_notice_and_one_that_tells_of_its_title_a_copy() -> None:
    first, second = signed(NOTICE, "The mayor opens a bridge"), signed(NOTICE, "Three players are hurt")
    assert compare(first, second, HOUR, same_outlet=True) is None
    assert compare(first, second, HOUR, same_outlet=False) is None
    of_text = signed(NOTICE, "What partners do with cookies")
    assert compare(of_text, second, HOUR, same_outlet=False)
    again = signed(NOTICE, "Mayor opens the bridge at last")
    assert compare(again, first, HOUR, same_outlet=True)
    assert compare(again, signed(NOTICE), HOUR, same_outlet=True)


@pytest.mark.parametrize("text", ["ha " * 5000, "buy now and save. " * 300, "", "!", " ".join("abcdefghijk")])
def test_repeated_and_empty_texts_have_no_signature(text: str) -> None:
    assert text_signature(tokenize(""), tokenize(text)) is None


def test_a_huge_text_has_a_small_signature() -> None:
    chance = random.Random(1)
    signature = signed(" ".join(f"Word{chance.randrange(10**6)} {number}" for number in range(60_000)))
    assert signature.words == 5000
    assert len(signature.sketch) <= 48
    assert len(signature.opening) == LENGTH


def test_scripts_without_spaces_are_compared_by_characters() -> None:
    chinese = (
        "土耳其总统周一在伊斯坦布尔表示由于暴风雨港口已经关闭所有船只停止航行"
        "救援部门说至少有十二人死亡三百多座房屋受损学校停课到星期四为止"
    )
    other = "德国联邦总理周三在柏林宣布新的预算案已经获得内阁批准明年将增加对铁路和桥梁的投资同时削减部分家庭补贴"
    assert relation(chinese[: len(chinese) * 3 // 4], chinese) is Relation.COPY
    assert relation(other, chinese) is None
    assert text_signature(tokenize(""), tokenize(chinese[: 2 * MIN_WORDS - 2])) is None


def test_half_of_a_surrogate_pair_fails_nothing() -> None:
    assert signed(WIRE.replace("harbour", "harbour \ud800x"))


WORDS = st.lists(st.sampled_from([f"w{n}" if n % 5 else f"{n}" for n in range(60)] + ["Rome", "Oslo"]), min_size=20)


@given(WORDS, WORDS)
def test_resemblance_is_mutual(first: list[str], second: list[str]) -> None:
    one, other = (text_signature(tokenize(""), tokenize(" ".join(words))) for words in (first, second))
    if one and other:
        there, back = compare(one, other, HOUR, same_outlet=False), compare(other, one, -HOUR, same_outlet=False)
        assert (there is None) == (back is None)
        assert there is None or (back and there.score == back.score)
        whole = Resemblance(Relation.COPY, 1.0, ("100% of the shorter text, 100% of both",))
        assert compare(one, one, HOUR, same_outlet=True) == whole


EXCERPT = " ".join(WIRE.split()[:34])


@pytest.mark.parametrize("whole", [EXCERPT, WIRE, WIRE + " " + " ".join(f"more{number}" for number in range(200))])
def test_what_feeds_show_of_a_text_is_a_copy_under_any_title_that_it_knows_a_name_of(whole: str) -> None:
    first = signed(whole, "Storm closes the port of Istanbul")
    again = signed(EXCERPT, "Ships wait outside Istanbul as gales rage")
    for new, old in ((first, again), (again, first)):
        found = compare(new, old, HOUR, same_outlet=False)
        assert found
        assert found.relation is Relation.COPY
    assert set(first.bands) & set(again.bands)


@pytest.mark.parametrize("title", ["Ships wait outside Ankara as gales rage", "Gales rage, 40 ships wait"])
def test_an_excerpt_under_a_name_or_number_that_nothing_says_is_told(title: str) -> None:
    found = compare(signed(EXCERPT, title), signed(EXCERPT, "Storm closes the port"), HOUR, same_outlet=False)
    assert found is None or found.relation is Relation.UPDATE
