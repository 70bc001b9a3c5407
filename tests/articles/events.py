"""Articles about events, and the signs of them, for the tests of stories by event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from monitor.articles.event_signs import event_signs
from monitor.articles.same_event import Likeness, likeness
from monitor.articles.sign_worths import Rarity, WeighedSigns
from monitor.event_values import EventSigns, EventText
from monitor.model import Article

NOON = datetime(2026, 10, 19, 12, tzinfo=UTC)

FIRE = (
    "Fire on ferry off Chios kills four, 212 passengers rescued",
    "Four crew members died when a fire broke out in the engine room of the ferry Evangelia K. south of Chios on "
    "Monday. All 212 passengers were rescued, coast guard spokeswoman Eleni Roussou said. Captain Stavros Melidis "
    "left last.",
)
FIRE_TOLD_AGAIN = (
    "Ferry on fire near Chios, four crew dead",
    "A blaze in the engine room of the Evangelia K. killed four sailors off the Greek island of Chios early on Monday. "
    "Freighters rescued 212 passengers. The last to leave was captain Stavros Melidis, said the coast guard.",
)
FIRE_IN_RUSSIAN = (
    "Пожар на греческом пароме у острова Хиос: четверо погибших",
    "Четыре члена экипажа погибли при пожаре на пароме «Евангелия К.» к югу от Хиоса в понедельник. Всех 212 "
    "пассажиров спасли, сообщила представительница береговой охраны Элени Руссу. Капитан Ставрос Мелидис ушёл "
    "последним.",
)
FIRE_TOLL = (
    "Death toll in Chios ferry fire rises to six",
    "Two sailors who had been burned on the ferry Evangelia K. off Chios died in an Athens hospital, which brings the "
    "dead to six. A court ordered the arrest of captain Stavros Melidis, said the coast guard on Monday evening.",
)
OTHER_FIRE = (
    "Fire in Lyon warehouse kills four",
    "Four firefighters died in a blaze at a warehouse for tyres in the south of Lyon on Monday. Residents of 212 flats "
    "had to leave. The prefect, Odile Marchand, spoke of a catastrophe for the service and its families.",
)
BUDGET = (
    "Chancellor Whitcombe raises income tax by a penny",
    "Eleanor Whitcombe told parliament in London that a gap of 26 billion pounds leaves no choice. The opposition "
    "called it a broken promise, and sterling rose.",
)
USUAL = (
    "Four killed in fire on Monday",
    "People died in the south, police said. They were rescued, families left a flat. The service spoke of residents.",
)
WEATHER = (
    "Weather in Moscow tomorrow",
    "Clouds and no rain, 3 to 8 metres of wind, pressure {}, at night minus {} degrees.",
)


def article(title: str, body: str = "", language: str = "en", outlet: str = "one") -> Article:
    """Return an article of an outlet."""
    return Article(outlet, f"https://{outlet}.example.org/x", title, body=body, language=language)


def signs(text: tuple[str, str], language: str = "en", outlet: str = "one") -> EventSigns:
    """Return the signs of title and text."""
    return event_signs(article(*text, language=language, outlet=outlet))


def text(number: int, said: tuple[str, str], *, hours: float = 0, language: str = "en", story: int = 0) -> EventText:
    """Return an article of an outlet of its own, some hours after noon; by itself a story, if none is given."""
    moment = NOON + timedelta(hours=hours)
    return EventText(number, story or number, moment, signs(said, language, f"outlet{number}"))


def rarity(*seen: EventSigns) -> Rarity:
    """Return the rarity of signs where these articles, and many others that say what all say, were seen."""
    found, usual = Rarity(), event_signs(article(*USUAL)).signs
    for number in range(720):
        found.see(key for at, sign in enumerate(usual) for key in sign.keys if (number + at) % 6 == 0)
    for one in seen:
        found.see(key for sign in one.signs for key in sign.keys)
    return found


def weighed(one: EventSigns) -> WeighedSigns:
    """Return signs with what they are worth after the articles of `rarity`."""
    return WeighedSigns(one, _rarity_of_many())


@cache
def _rarity_of_many() -> Rarity:
    return rarity()


def alike(one: EventSigns, other: EventSigns, apart: timedelta = timedelta()) -> Likeness:
    """Return how alike two articles are that were published `apart`, by what is rare after the articles of `rarity`."""
    return likeness(weighed(one), weighed(other), apart)
