"""An outlet that publishes pieces and changes them, in all the ways that outlets do; it knows how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import strategies as st

from monitor.model import Entry
from tests.articles.known_articles import NOW, entry

SHOWN = 6
_WORDS = ("harbour", "council", "minister", "asked", "about", "wharves", "tugs", "cranes", "dredgers")


@dataclass(frozen=True)
class Piece:
    """One piece as it stands: `subject` gives its words, so that two pieces have hardly one in common."""

    id: str
    link: str
    subject: str
    hours: float
    redated: bool = False

    def entry(self) -> Entry:
        """How a feed shows it; no two pieces come out in the same second."""
        one, two, three, *others = (f"{self.subject}{word}" for word in _WORDS)
        moment = NOW + timedelta(hours=self.hours, seconds=round(self.hours * 11))
        return entry(f"Peskov in {one} {two} {three}", self.link, self.id, " ".join(others), moment)


@dataclass(frozen=True)
class Change:
    """What an outlet does next: a way of changing, and which of its pieces, counted from the newest."""

    kind: str
    which: int
    kept: str = "both"


OLD = ("rename", "move", "reissue", "rewrite", "redate")
"""Changes after which a piece is the same."""
NEW = ("publish", "take id", "take link", "repeat")
"""Ways in which a piece is another than those before it."""
CHANGES = st.builds(
    Change,
    st.sampled_from(OLD + NEW),
    st.integers(0, SHOWN - 1),
    st.sampled_from(["both", "both", "id", "link"]),
)


class Newsroom:
    """The pieces of an outlet, the oldest first; `names` are the ids and links that each ever had."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.names: list[set[str]] = []
        self._number = 0
        for _ in range(3):
            self.change(Change("publish", 0))

    @property
    def shown(self) -> Sequence[int]:
        """Which pieces the page shows, the newest first."""
        return range(len(self.pieces))[: -SHOWN - 1 : -1]

    @property
    def newest(self) -> float:
        """Hours after `NOW` at which the newest date of a piece is."""
        return max(piece.hours for piece in self.pieces)

    def page(self) -> list[Entry]:
        """What the feed shows now."""
        return [self.pieces[at].entry() for at in self.shown]

    def change(self, change: Change) -> None:
        """Publish a piece, or change one of those shown."""
        self._number += 1
        if change.kind in NEW:
            self.pieces.append(self._new(change))
            self.names.append(set())
            at = len(self.pieces) - 1
        else:
            at = self.shown[change.which % len(self.shown)]
            self.pieces[at] = self._changed(self.pieces[at], change.kind)
        self.names[at] |= {self.pieces[at].id, self.pieces[at].link} - {""}

    def _new(self, change: Change) -> Piece:
        number = self._number
        piece = Piece(f"urn:uuid:{number:012}", f"/news/{number}", f"s{number}x", number * 0.7)
        if self.pieces:
            other = self.pieces[max(-1 - change.which, -len(self.pieces))]
            if other.redated:
                return piece
            if change.kind == "take id" and other.id:
                return replace(piece, id=other.id)
            if change.kind == "take link" and other.link:
                return replace(piece, link=other.link)
            if change.kind == "repeat":
                return replace(piece, subject=other.subject)
        if change.kept == "both":
            return piece
        return replace(piece, id="") if change.kept == "link" else replace(piece, link="")

    def _changed(self, piece: Piece, kind: str) -> Piece:
        new_id, new_link = f"urn:uuid:{self._number:012}", f"/moved/{self._number}"
        whole = bool(piece.id and piece.link)
        if piece.redated:
            # Its second says no more which it is: if its names are taken and changed as well, nothing is left.
            return piece
        alone = self.is_alone(piece.id) and self.is_alone(piece.link)
        if kind == "rewrite" and whole and alone:
            return replace(piece, subject=f"s{self._number}x")
        if kind == "rename" and whole:
            return replace(piece, id=new_id)
        if kind == "move" and whole:
            return replace(piece, link=new_link)
        if kind == "reissue":
            return replace(piece, id=new_id if piece.id else "", link=new_link if piece.link else "")
        if kind == "redate" and alone:
            return replace(piece, hours=piece.hours + 3.3, redated=True)
        return piece

    def is_alone(self, name: str) -> bool:
        """Whether no two pieces ever had this id or link."""
        return sum(name in names for names in self.names) < 2
