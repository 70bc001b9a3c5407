"""Outlets on loopback that publish as they are asked: what they said is the truth that mails are held against."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256

from tests.crash.host_watch import HostWatch, WatchedOutlet
from tests.peers.http import Request, Route, answer_bytes

TOPICS = ("alpha", "beta", "gamma")
# What a rule that waits for the full text looks for; the page of every other such piece holds what it excludes.
IN_FULL = "delta"
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
# The outlets by name with their feeds; each has an address of its own, since hosts are asked one at a time.
HOUSES = {
    "north": ("/all.xml", "/top.xml"),
    "south": ("/all.xml", "/led.xml"),
    "east": ("/all.xml",),
    "west": ("/all.xml",),
}
# The feeds that are answered by a redirect to a file at another house.
LED = {("south", "/led.xml"): ("east", "/south.xml")}


@dataclass
class Piece:
    """One story: a token that names it in every text, what it is about, and where it appeared."""

    token: str
    topics: set[str]
    at: datetime
    places: set[tuple[str, str]] = field(default_factory=set)
    copied: bool = False
    edits: int = 0
    excluded: bool = False

    def item(self, url: str) -> str:
        """The piece as an item of a feed."""
        link = f"{url}{self.token}.html"
        return (
            f"<item><title>Report {self.token} from the town hall</title><link>{link}</link><guid>{link}</guid>"
            f"<description>{self.words}</description><pubDate>{format_datetime(self.at)}</pubDate></item>"
        )

    @property
    def words(self) -> str:
        """What the feed shows of it."""
        topics = " and ".join(sorted(self.topics)) or "omega"
        # Words of its own: pieces that say the same, or the same numbers, are of one story, and one mail tells of them.
        said = " ".join(sha256(f"{self.token} {number}".encode()).hexdigest()[:7] for number in range(24))
        said = said.translate(_LETTERS)
        return f"Heard in the town hall today: {topics}. Edition {self.edits}. They said {said}."

    def page(self) -> bytes:
        """The piece in full, as its own page has it."""
        more = "After two hours the meeting was over, and those who had come went home through the rain of the evening."
        last = "The dockers will strike from midnight." if self.excluded else "Nobody asked for a vote on any of it."
        body = "".join(f"<p>{text}</p>" for text in (self.words, more, last))
        return f"<html><body><article><h1>Report {self.token}</h1>{body}</article></body></html>".encode()


class Newsroom:
    """All outlets; `asked` is called at every request, `answers` counts the good ones by feed."""

    def __init__(self, seed: int, asked: Callable[[], None]) -> None:
        self.pieces: dict[str, Piece] = {}
        self.answers: dict[tuple[str, str], int] = {}
        self.open = True
        self._asked = asked
        self._random = random.Random(seed)
        self._stack = AsyncExitStack()
        self._urls: dict[str, str] = {}
        self._outlets: dict[str, WatchedOutlet] = {}
        self.watch = HostWatch(random.Random(seed))

    async def __aenter__(self) -> Newsroom:
        for number, (name, paths) in enumerate(HOUSES.items(), 1):
            watched = WatchedOutlet((f"127.0.0.{number}",), record=False, watch=self.watch)
            outlet = await self._stack.enter_async_context(watched)
            self._urls[name], self._outlets[name] = outlet.url(), outlet
            outlet.routes |= {path: self._route(name, path) for path in paths}
        for (name, path), (other, file) in LED.items():
            self._outlets[other].routes[file] = self._outlets[name].routes[path]
            self._outlets[name].redirect(path, self._outlets[other].url(file))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    @property
    def feeds(self) -> dict[str, list[str]]:
        """The addresses of every outlet's feeds."""
        return {name: [self._urls[name] + path[1:] for path in paths] for name, paths in HOUSES.items()}

    def all_read(self, times: int = 2) -> bool:
        """Whether every feed was read so often since `answers` was emptied."""
        return all(self.answers.get((name, path), 0) >= times for name, paths in HOUSES.items() for path in paths)

    def _route(self, name: str, path: str) -> Route:
        async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
            self._asked()
            if self.open:
                self._work(name, path)
            if self.open and self._random.random() < 0.06:
                return self._misbehave(name, path, writer)
            body = self._feed(name, path)
            tag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
            known = request.headers.get("if-none-match") == tag
            headers = {"ETag": tag, "Content-Type": "application/rss+xml"}
            writer.write(answer_bytes(304 if known else 200, b"" if known else body, headers))
            self.answers[name, path] = self.answers.get((name, path), 0) + 1
            return True

        return serve

    def _misbehave(self, name: str, path: str, writer: asyncio.StreamWriter) -> bool:
        """Break off in the middle, or be too busy."""
        body = self._feed(name, path)
        cut = answer_bytes(200, body[: len(body) // 2], {"Content-Length": str(len(body)), "ETag": '"half"'})
        writer.write(self._random.choice([cut, answer_bytes(503, b"busy", {})]))
        return False

    def _feed(self, name: str, path: str) -> bytes:
        items = [piece.item(self._urls[name]) for piece in self.pieces.values() if (name, path) in piece.places]
        return f'<rss version="2.0"><channel><title>{name}</title>{"".join(items[::-1])}</channel></rss>'.encode()

    def _work(self, name: str, path: str) -> None:
        """Half of the time something new, now and then another edition of something old."""
        if self._random.random() < 0.5:
            for _ in range(self._random.randint(1, 2)):
                self._publish(name, path)
        if self._random.random() < 0.15:
            self._edit(name, path)

    def _publish(self, name: str, path: str) -> None:
        draw = self._random
        topics = {topic for topic in TOPICS if draw.random() < 0.3}
        piece = Piece(f"p{len(self.pieces):05}x", topics, datetime.now(UTC))
        piece.places.add((name, path))
        if draw.random() < 0.2:
            other = draw.choice([house for house in HOUSES if house != name])
            piece.places.add((other, HOUSES[other][0]))
            piece.copied = True
        if len(HOUSES[name]) > 1 and draw.random() < 0.5:
            piece.places |= {(name, feed) for feed in HOUSES[name]}
        if len(self.pieces) % 12 == 0:
            piece.topics.add(IN_FULL)
            piece.excluded = len(self.pieces) % 24 == 0
        self.pieces[piece.token] = piece
        for house, _ in piece.places:
            self._outlets[house].page(f"/{piece.token}.html", piece.page(), headers={"Content-Type": "text/html"})

    def _edit(self, name: str, path: str) -> None:
        """Another edition, perhaps with another topic; a piece that two outlets carry stays, or they would differ."""
        own = [piece for piece in self.pieces.values() if (name, path) in piece.places and not piece.copied]
        if own:
            piece = self._random.choice(own)
            piece.edits += 1
            piece.topics.add(self._random.choice(TOPICS))
