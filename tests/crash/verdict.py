"""What must be true when a world has ended: all is told, once, as published; repeats where a crash explains them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import sqlalchemy as sa

from monitor.store import Store, fulltext_queue
from monitor.store.tables import articles, deliveries, delivery_items, messages
from tests.crash.newsroom import Piece
from tests.crash.world import FULL, GONE, OPERATOR, World

_TOKEN = re.compile(r"p\d{5}x")
EVER = datetime.max.replace(tzinfo=UTC)
SHOWN = 50  # stories that one mail lays out


@dataclass(frozen=True)
class Mail:
    """One message as the server took it, in which life, and whether the sender was told so."""

    recipient: str
    message_id: str
    raw: bytes
    life: int
    answered: bool

    @property
    def tokens(self) -> set[str]:
        """The stories that its text names."""
        parsed = message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        body = parsed.get_body(("plain",))
        return set(_TOKEN.findall(f"{parsed['Subject']} {body.get_content() if body else ''}"))


@dataclass(frozen=True)
class Delivery:
    """A delivery as the database has it at the end."""

    id: int
    recipient: str
    kind: str
    state: str
    message_id: str | None
    raw: bytes | None
    tokens: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """What was found, in figures and in faults."""

    lives: int
    pieces: int
    mails: int
    repeats: int
    lost: int
    faults: tuple[str, ...]

    def __str__(self) -> str:
        figures = f"{self.lives} ends, {self.pieces} pieces, {self.mails} mails taken, {self.lost} of them unanswered"
        return "\n  ".join([f"{figures}, {self.repeats} repeats, {len(self.faults)} faults", *self.faults[:40]])


def judge(world: World) -> Verdict:
    """Hold what came out of a world against what went in."""
    mails = list(_mails(world))
    with open_store(world.place) as store, store.reading() as conn:
        stored = _stored(conn)
        told = _deliveries(conn)
    faults = [
        *world.faults,
        *world.newsroom.watch.overlaps,
        *_articles(world.newsroom.pieces, stored),
        *_states(told),
        *_told(world, told),
        *_same(mails, told),
        *_repeats(mails, crashes=world.crashes),
    ]
    copies = Counter((mail.recipient, mail.message_id) for mail in mails)
    lost = sum(not mail.answered for mail in mails)
    repeats = sum(copies.values()) - len(copies)
    return Verdict(world.ends, len(world.newsroom.pieces), len(mails), repeats, lost, tuple(faults))


def open_store(place: str) -> Store:
    """Open the database to read it, also one that a later version has migrated."""
    return Store.open(place, worker=True) if "://" in place else Store.open(place, read_only=True)


def waiting(place: str, until: datetime = EVER) -> int:
    """How many deliveries wait that are due by then."""
    with open_store(place) as store, store.reading() as conn:
        d = deliveries.c
        query = sa.select(sa.func.count()).select_from(deliveries).where(d.state == "waiting", d.due_at <= until)
        return int(conn.execute(query).scalar_one())


def unread(place: str) -> int:
    """How many pages are still to be read."""
    with open_store(place) as store, store.reading() as conn:
        return fulltext_queue.count_waiting(conn)


def _mails(world: World) -> Iterator[Mail]:
    for one, life in zip(world.mailbox.accepted, world.mailbox.lives, strict=True):
        parsed = message_from_bytes(one.raw, policy=policy.default)
        yield Mail(one.recipients[0], str(parsed["Message-ID"]), one.raw, life, one.answered)


def _stored(conn: sa.Connection) -> list[tuple[str, str]]:
    rows = conn.execute(sa.select(articles.c.outlet, articles.c.title))
    return [(outlet, _TOKEN.findall(title)[0]) for outlet, title in rows]


def _deliveries(conn: sa.Connection) -> list[Delivery]:
    names = {id_: _TOKEN.findall(title)[0] for id_, title in conn.execute(sa.select(articles.c.id, articles.c.title))}
    items: dict[int, set[str]] = defaultdict(set)
    for id_, article in conn.execute(sa.select(delivery_items.c.delivery_id, delivery_items.c.article_id)):
        items[id_].add(names[article])
    d = deliveries.c
    query = sa.select(d.id, d.recipient, d.kind, d.state, messages.c.message_id, messages.c.raw)
    rows = conn.execute(query.outerjoin_from(deliveries, messages, messages.c.delivery_id == d.id))
    return [Delivery(*row, frozenset(items[row.id])) for row in rows]


def _articles(pieces: dict[str, Piece], stored: list[tuple[str, str]]) -> Iterator[str]:
    """Each piece is stored once for every outlet that carried it, and nothing else is."""
    wanted = {(outlet, piece.token) for piece in pieces.values() for outlet, _ in piece.places}
    for place, count in Counter(stored).items():
        if count > 1:
            yield f"{place} is stored {count} times"
    yield from (f"{place} is not stored" for place in sorted(wanted - set(stored)))
    yield from (f"{place} was never published" for place in sorted(set(stored) - wanted))


def _states(told: list[Delivery]) -> Iterator[str]:
    for one in told:
        final = ("merged", *(["failed"] if one.recipient == GONE else ["sent", "unconfirmed"]))
        if one.state not in final:
            yield f"delivery {one.id} to {one.recipient} is {one.state}"


def _told(world: World, told: list[Delivery]) -> Iterator[str]:
    """Every reader is told of every story that concerns him, once a version that brought him a topic, and no other."""
    pieces = world.newsroom.pieces
    for reader, topics in world.readers.items():
        told_of = (piece for piece in pieces.values() if not (reader == FULL and piece.excluded))
        wanted = {piece.token for piece in told_of if piece.topics & topics}
        counts = Counter(
            token for one in told if one.recipient == reader and one.state != "merged" for token in one.tokens
        )
        yield from (f"{reader} was not told of {token}" for token in sorted(wanted - set(counts)))
        yield from (f"{reader} was told of {token} for no reason" for token in sorted(set(counts) - wanted))
        # A rule that finds only an edit tells it, also to who was told of the story for another rule.
        most = {token: len(piece.topics & topics) if piece.edits else 1 for token, piece in pieces.items()}
        too_often = [token for token, count in counts.items() if count > most.get(token, 1) and reader != GONE]
        yield from (f"{reader} was told of {token} {counts[token]} times" for token in too_often)


def _same(mails: list[Mail], told: list[Delivery]) -> Iterator[str]:
    """What the server took is what the database kept, and its text says what the delivery holds."""
    kept = {(one.recipient, one.message_id): one for one in told if one.message_id}
    taken = {(mail.recipient, mail.message_id) for mail in mails}
    for mail in mails:
        one = kept.get((mail.recipient, mail.message_id))
        if one is None:
            yield f"a mail to {mail.recipient} that no delivery knows: {mail.message_id}"
        elif mail.raw != one.raw:
            yield f"a mail to {mail.recipient} with other bytes than were kept: {mail.message_id}"
        elif one.recipient != OPERATOR and (
            not mail.tokens <= one.tokens or len(mail.tokens) != min(len(one.tokens), SHOWN)
        ):
            yield f"delivery {one.id} holds {sorted(one.tokens)}, its mail says {sorted(mail.tokens)}"
    for one in told:
        if one.state in ("sent", "unconfirmed") and (one.recipient, one.message_id) not in taken:
            yield f"delivery {one.id} to {one.recipient} counts as sent, but no server took it"


def _repeats(mails: list[Mail], *, crashes: bool) -> Iterator[str]:
    """A mail comes again after a crash, one to a recipient and crash, or when the server gave no answer."""
    last: dict[tuple[str, str], Mail] = {}
    after_crash: Counter[tuple[str, int]] = Counter()
    for mail in mails:
        before = last.get((mail.recipient, mail.message_id))
        last[mail.recipient, mail.message_id] = mail
        if before is None or not before.answered:
            continue
        if before.life == mail.life or not crashes:
            yield f"{mail.message_id} was taken from {mail.recipient} and sent again without a crash"
        after_crash[mail.recipient, before.life] += 1
    for (recipient, life), count in after_crash.items():
        if count > 1:
            yield f"{count} mails to {recipient} came again after the end of life {life + 1}"
