"""A monitor on its first day: one wire story at ten outlets in four languages is one mail, its development a reply."""

from __future__ import annotations

import pytest

from monitor.store import poll_records
from tests.steps.world import READER, Item, World, rss

_SUMMARY = 220
_ENGLISH = (
    "A freight train derailed near Pilsen on Monday morning, spilling 40 tonnes of acid into the river Uhlava and "
    "injuring three railway workers, the governor Petra Novotna said. Firefighters from four towns pumped the acid "
    "into tanks, and 900 people had to leave their homes. The line to Prague is closed until Wednesday at least."
)
_RUSSIAN = (
    "Грузовой поезд сошёл с рельсов под Пльзенем утром в понедельник, 40 тонн кислоты вылилось в реку Углава, трое "
    "железнодорожников ранены, сообщила губернатор Петра Новотна. Пожарные из четырёх городов откачали кислоту, 900 "
    "человек покинули дома. Движение на Прагу закрыто до среды."
)
_GERMAN = (
    "Bei Pilsen ist am Montagmorgen ein Güterzug entgleist, 40 Tonnen Säure liefen in den Fluss Uhlava, drei "
    "Bahnarbeiter wurden verletzt, teilte die Gouverneurin Petra Novotna mit. Feuerwehrleute aus vier Städten pumpten "
    "die Säure ab, 900 Menschen mussten ihre Häuser verlassen. Die Strecke nach Prag bleibt bis Mittwoch gesperrt."
)
_TURKISH = (
    "Pilsen yakınlarında pazartesi sabahı bir yük treni raydan çıktı, Uhlava nehrine 40 ton asit döküldü, üç demiryolu "
    "işçisi yaralandı, vali Petra Novotna açıkladı. Dört kentten gelen itfaiyeciler asidi boşalttı, 900 kişi evini "
    "terk etti. Prag hattı çarşambaya kadar kapalı."
)
_WIRE = [
    ("en", "Freight train derails near Pilsen, acid spills into river", _ENGLISH),
    ("en", "Three hurt as acid train leaves rails in Pilsen", _ENGLISH),
    ("en", "Rail workers injured, river poisoned after derailment at Pilsen", "From our desk in Prague. " + _ENGLISH),
    ("en", "Acid in the Uhlava: freight train derails", _ENGLISH),
    ("ru", "Под Пльзенем сошёл с рельсов поезд с кислотой", _RUSSIAN),
    ("ru", "40 тонн кислоты в реке: авария поезда под Пльзенем", _RUSSIAN),
    ("de", "Güterzug entgleist bei Pilsen: Säure läuft in Fluss", _GERMAN),
    ("de", "Drei Verletzte nach Zugunglück bei Pilsen", _GERMAN),
    ("tr", "Pilsen yakınında yük treni raydan çıktı, nehre asit döküldü", _TURKISH),
    ("tr", "Pilsen'de tren kazası: üç yaralı", _TURKISH),
]
_DEVELOPMENTS = [
    (
        "arrest",
        "Driver of Pilsen train arrested, fourth worker dies",
        "Prosecutors arrested the driver of the freight train that derailed near Pilsen on Monday and spilled 40 "
        "tonnes of acid into the river Uhlava, the governor Petra Novotna said. A fourth railway worker "
        "died of his burns.",
    ),
    (
        "reopens",
        "Line to Prague reopens at Pilsen after acid spill",
        "Trains ran again past Pilsen on Monday night after the acid spill that has killed four railway workers, the "
        "governor Petra Novotna said. Divers found 2,000 dead fish in the river Uhlava.",
    ),
]


@pytest.fixture
async def young(world: World) -> World:
    """A monitor that has seen nothing but one old article at each of ten outlets."""
    lines = [
        f"  - {{name: o{number}, feed: {world.news.url(f'/rss{number}')}, language: {language}}}\n"
        for number, (language, _, _) in enumerate(_WIRE)
    ]
    for number in range(len(_WIRE)):
        _show(world, number)
    rule = f"rules:\n  - {{name: Pilsen, to: [{READER}], query: 'Pilsen* OR Uhlava OR Пльзен*'}}\n"
    world.write({"outlets.yaml": "outlets:\n" + "".join(lines), "rules.yaml": rule})
    assert not (await world.reload()).problems
    await _poll(world)
    world.mail.accepted.clear()
    return world


def _show(world: World, number: int, *items: Item) -> None:
    """Let an outlet show these pieces, above the one that it had at first."""
    site = f"https://o{number}.test"
    old = Item("council", f"The council of district {number} talks about {number + 3} bus lanes and a new library.")
    world.news.feed(f"/rss{number}", rss([*items, old], site))


async def _poll(world: World) -> None:
    world.later(minutes=10)
    await world.store.write(poll_records.make_due, world.clock)
    await world.poll()
    await world.send()


def _piece(world: World, number: int) -> Item:
    _, title, text = _WIRE[number]
    return Item("train", text[:_SUMMARY], world.clock, title=title)


@pytest.mark.parametrize("at_once", [1, 9])
async def test_a_wire_story_at_ten_outlets_is_one_mail_and_its_developments_replies(young: World, at_once: int) -> None:
    """Its copies come one after the other, or all in one poll after the first."""
    _show(young, 0, _piece(young, 0))
    await _poll(young)
    for number in range(1, len(_WIRE), at_once):
        for copy in range(number, min(number + at_once, len(_WIRE))):
            _show(young, copy, _piece(young, copy))
        await _poll(young)
    assert young.subjects() == [_WIRE[0][1]]
    shown = [_piece(young, 0)]
    for name, title, text in _DEVELOPMENTS:
        shown.insert(0, Item(name, text, young.clock, title=title))
        _show(young, 0, *shown)
        await _poll(young)
    first_mail, *replies = young.mails()
    assert [reply["Subject"] for reply in replies] == [f"Re: {first_mail['Subject']}"] * len(_DEVELOPMENTS)
    assert {reply["In-Reply-To"] for reply in replies} == {first_mail["Message-ID"]}


async def test_reports_of_one_form_are_told_each(young: World) -> None:
    """To a monitor that has seen nothing the words of their form are as rare as those of an event."""
    titles = [f"Report of station {name} from the river" for name in ("gorlam", "tevik", "salun", "bermok")]
    for number, title in enumerate(titles):
        said = f"Heard at the Uhlava today: the {title.split()[3]} gauge stands low. They said {title[:3] * 3} wait."
        _show(young, number, Item(f"gauge{number}", said, young.clock, title=title))
        await _poll(young)
    assert sorted(young.subjects()) == sorted(titles)
