"""Offer a reader ways out of a mail: links that ask the operator, each with the one command that does it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from monitor.alert_view import View
from monitor.silence_values import MuteKind
from monitor.text.safe_text import header_text, shorten

SHOWN = 3
"""Rules, stories and outlets of a digest that have a way out each."""
LESS = "7d"
"""How long an outlet is muted for who wants less of it, as `--until` of `monitor mute` takes it."""
_TITLE = 60
"""Characters of a story's title."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """A wish of the reader in words, and the link that writes it to the operator."""

    wish: str
    link: str

    def __str__(self) -> str:
        return f"{self.wish}: {self.link}"


def ways_out(view: View) -> tuple[WayOut, ...]:
    """Return a way to stop the rules of a mail, to mute its stories and to get less of its outlets.

    There is none without an operator, who alone can keep what a link asks for.
    """
    if not view.operator:
        return ()
    return tuple(WayOut(wish, _link(view, kind, target, until)) for wish, kind, target, until in _wishes(view))


def _wishes(view: View) -> Iterator[tuple[str, MuteKind, str, str]]:
    """Yield a wish in words, what it mutes, and until when."""
    is_digest = view.layout == "digest"
    for rule in view.rule_names[:SHOWN]:
        yield f"Stop the rule {_shown(rule)}", MuteKind.RULE, rule, "forever"
    for story in [one for one in view.stories if one.story_id][:SHOWN]:
        wish = f"Mute the story “{_shown(story.title.text)}”" if is_digest else "Mute this story"
        yield wish, MuteKind.STORY, str(story.story_id), "forever"
    # The first outlet of a single story is the one that it is told from.
    for outlet, title in list(zip(view.outlets, view.outlet_titles, strict=True))[: SHOWN if is_digest else 1]:
        yield f"Less of {_shown(title)}: nothing for 7 days", MuteKind.OUTLET, outlet, LESS


def _shown(text: str) -> str:
    return shorten(header_text(text), _TITLE)


def _link(view: View, kind: MuteKind, target: str, until: str) -> str:
    """Return a mailto link (RFC 6068). All that is not plain is encoded, so that no name adds a field or a receiver."""
    words = ("monitor", "mute", f"{kind}:{target}", "--for", view.envelope.recipient, "--until", until)
    subject = f"Please mute the {kind} {_shown(target)}"
    to = ",".join(quote(address, safe="@") for address in view.operator)
    return f"mailto:{to}?subject={_encoded(subject)}&body={_encoded(shlex.join(words))}"


def _encoded(text: str) -> str:
    return quote(text, safe="", errors="replace")
