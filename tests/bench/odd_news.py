"""Odd articles on the whole road: what do people get, is all told, and what does it cost?

`python -m tests.bench.odd_news [--size 5000]`

Outlets on loopback publish, each kind over a monitor of its own, one story of `--size` articles at 50 outlets (copies
under each outlet's title, the number of dead rising with every hundredth), one text under 200 titles and one title
over 200 texts at one outlet, 200 articles of three words, two of 5 MB, and 20 of one word again and again. Printed of
each are matches, messages, untold stories and CPU an article, as `tests.bench.newsday` does.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from tests.bench.flood import words
from tests.bench.newsday import DAY, Piece, Played, figures, newsroom, play, prepare
from tests.steps.world import World

LIMIT = 5
"""Mails an hour; the rest comes as a digest."""
_DEAD = "At least {} people died, says the harbour office."


Said = Callable[[int], tuple[str, str, str]]
"""Story, title and text of a piece by its number."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many articles one story has, and the other kinds; characters of the longest text; outlets of the story."""

    story: int = 5_000
    others: int = 200
    characters: int = 5_000_000
    outlets: int = 50
    lasting: timedelta = timedelta(hours=2)


def odd_stories(amounts: Amounts) -> Mapping[str, list[Piece]]:
    """Return odd articles by what they are."""
    chance, count = random.Random(5), amounts.others
    text, others = words(chance, 80), [words(chance, 60) for _ in range(count)]
    huge = (words(chance, 5_000) * (amounts.characters // 20_000))[: amounts.characters]
    repeated = "harbour " * (amounts.characters // 250)

    def pieces(number: int, said: Said, outlets: int = 1) -> list[Piece]:
        made = [(DAY + amounts.lasting * n / number, f"odd-{n % outlets}", *said(n)) for n in range(number)]
        return [Piece(story, outlet, "en", at, title, text) for at, outlet, story, title, text in made]

    def titled(count: int) -> str:
        return f"{words(chance, count)} harbour"

    titles = [titled(6) for _ in range(amounts.outlets)]
    return {
        "one story": pieces(
            amounts.story,
            lambda n: ("story", titles[n % amounts.outlets], f"{_DEAD.format(12 + n // 100)} {text}"),
            amounts.outlets,
        ),
        "one text": pieces(count, lambda n: (f"text-{n}", titled(6), text)),
        "one title": pieces(count, lambda n: (f"title-{n}", "Notice of the harbour", others[n])),
        "three words": pieces(count, lambda n: (f"words-{n}", titled(2), "")),
        "huge": pieces(2, lambda n: (f"huge-{n}", titled(6), f"{others[n]} {huge}")),
        "one word": pieces(min(20, count), lambda n: (f"word-{n}", f"Harbour {n}", repeated)),
    }


async def play_odd(world: World, pieces: list[Piece]) -> Played:
    """Play odd articles for one reader."""
    await prepare(world, pieces, {"Harbour": ("ann", "harbour")}, limit=LIMIT)
    return await play(world, pieces)


async def measure(size: int) -> None:
    """Print the figures of each kind."""
    for name, pieces in odd_stories(Amounts(size)).items():
        async with newsroom() as world:
            sys.stdout.write(f"{name}: {figures(await play_odd(world, pieces), len(pieces))}")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--size", type=int, default=5000)
    asyncio.run(measure(asked.parse_args().size))
