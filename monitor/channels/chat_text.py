"""Lay out a view for a chat or a push notification: a few lines, shortened until they fit where they go."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from monitor.alert_view import Quote, Story, StoryGroup, TextChange, View
from monitor.channels.layout import isolated
from monitor.text import counted
from monitor.text.safe_text import shorten


class Piece(NamedTuple):
    """A part of a line: bold, or a link, or both."""

    text: str
    bold: bool = False
    link: str = ""


Line = tuple[Piece, ...]
"""One line; without pieces it is blank."""

# What begins a mention, which would call somebody in a group.
_MENTION = re.compile(r"(?<!\w)@(?=\w)", re.ASCII)
LINK_CAP = 500
"""Characters of a link that is kept where there is hardly any room."""
TITLE_CAP = 300
NAMES_CAP = 200
"""Characters of a list of names."""
# Characters of each quotation, other outlets named and characters of a notice, tried until all stories fit.
MEASURES = ((600, 8, 3000), (240, 4, 1500), (100, 0, 800), (0, 0, 400))
_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}


def chat_lines(view: View, fits: Callable[[Sequence[Line]], bool]) -> tuple[Line, ...]:
    """Return the lines of a view with as much of quotations, other outlets and then stories as fits.

    Raises ValueError where not even its first story does.
    """
    for quote, others, notice in MEASURES:
        lines = _lines(view.limited(view.story_count, others), quote, notice)
        if fits(lines):
            return lines
    fewer = range(1, view.story_count)
    count = bisect_left(fewer, True, key=lambda count: not fits(_lines(view.limited(count, 0), 0, 0)))
    lines = _lines(view.limited(max(1, count), 0), 0, 0)
    lines = lines if fits(lines) else tuple(map(_without_long_links, lines))
    if not fits(lines):
        raise ValueError("too long for this channel")
    return lines


def _without_long_links(line: Line) -> Line:
    return tuple(piece if len(piece.link) <= LINK_CAP else piece._replace(link="") for piece in line)


def without_calls(text: str) -> str:
    """Return text of others in which no `@name` is one to a chat: an invisible joiner stands behind the sign."""
    return _MENTION.sub("@\N{WORD JOINER}", text)


def plain_text(lines: Sequence[Line]) -> str:
    """Return lines without what is bold; a link stands in a line of its own."""
    shown: list[str] = []
    for line in lines:
        shown.append("".join(piece.text for piece in line))
        shown += [piece.link for piece in line if piece.link]
    return "\n".join(shown)


def _lines(view: View, quote: int, notice: int) -> tuple[Line, ...]:
    if view.layout == "notice":
        return _notice(view, notice)
    if view.layout == "alert":
        return (*_story(view.story, quote), *_named("Rule: ", view.rule_names), *_bursts(view))
    lines: list[Line] = [(Piece(view.subject, bold=True),), (Piece(view.intro),), *_bursts(view)]
    for group in view.groups:
        lines += _group(group, quote)
    if view.hidden:
        more = counted(view.hidden, "more story", "more stories")
        lines += [(), (Piece(f"{more} not shown here; monitor search lists them"),)]
    return tuple(lines)


def _bursts(view: View) -> Iterator[Line]:
    yield from ((Piece(line),) for line in view.bursts)


def _notice(view: View, notice: int) -> tuple[Line, ...]:
    text = shorten("\n\n".join(view.paragraphs), notice) if notice else ""
    return ((Piece(view.subject, bold=True),), *((Piece(line),) if line else () for line in text.split("\n")))


def _group(group: StoryGroup, quote: int) -> Iterator[Line]:
    if group.rule:
        yield ()
        yield (Piece(f"{group.rule} ({group.count:,})", bold=True),)
    for story in group.stories:
        yield ()
        yield from _story(story, quote)


def _story(story: Story, quote: int) -> Iterator[Line]:
    yield from _told(story, quote)
    for one in story.further:
        yield ()
        yield from _told(one, quote)
    yield from _others(story)


def _told(story: Story, quote: int) -> Iterator[Line]:
    # The title comes first, since it is the title of a notification as well.
    yield (Piece(shorten(story.title.text, TITLE_CAP), bold=True, link=story.link),)
    if story.develops or story.news.named:
        yield from _news(story, quote)
    if story.burst:
        yield (Piece(story.burst),)
    yield (Piece(" · ".join(part for part in (isolated(story.outlet), story.time) if part)),)
    if story.edited:
        yield (Piece("Edited", bold=True),)
        yield from (line for change in story.changes for line in _change(change, quote))
    if quote:
        yield from (_quote(one, quote) for one in story.quotes)


def _news(story: Story, quote: int) -> Iterator[Line]:
    news = story.news
    named = f": {', '.join(map(isolated, news.named))}" if news.named else ""
    yield (Piece(f"{story.novelty}{named}"),)
    if news.sentence and quote:
        yield _quote(news.sentence, quote)


def _quote(quote: Quote, cap: int) -> Line:
    """Return a quotation with what matched in bold, as far as there is room."""
    pieces, left = [], cap
    for part in quote.parts:
        if left <= 0:
            break
        text = part.text if len(part.text) <= left else shorten(part.text, left)
        pieces.append(Piece(text, bold=part.marked))
        left -= len(part.text)
    return (Piece("“"), *pieces, Piece("”"))


def _change(change: TextChange, cap: int) -> Iterator[Line]:
    if cap:
        marked = "".join(part.text.join(_MARKS[part.change]) for part in change.parts)
        yield (Piece(f"{change.field.capitalize()}: {shorten(marked, cap)}"),)


def _others(story: Story) -> Iterator[Line]:
    for other in (one for one in story.others if one.news):
        named = shorten(", ".join(map(isolated, other.news)), NAMES_CAP)
        yield (Piece(shorten(other.title.text, TITLE_CAP), link=other.link), Piece(f": {named}"))
    count = len(story.others) + story.more_others
    if count:
        named = ", ".join(isolated(other.outlet) for other in story.others)
        more = f" and {story.more_others:,} more" if named and story.more_others else ""
        at = f" at {story.spread or counted(count, 'other outlet')}" if story.more_others else ""
        yield (Piece(f"Also{at}: {shorten(named, NAMES_CAP)}{more}" if named else f"Also{at}"),)


def _named(what: str, names: tuple[str, ...]) -> Iterator[Line]:
    if names:
        yield (Piece(what + shorten(", ".join(names), NAMES_CAP)),)
