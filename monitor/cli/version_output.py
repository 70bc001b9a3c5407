"""Print the versions of an article, with what changed from one to the next, word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.reports.version_history import ArticleVersion, VersionSource
from monitor.text import counted, printable, when
from monitor.text.word_diff import Change, DiffPart, excerpts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from monitor.text.article_changes import FieldChange

_CONTEXT = 12
"""Words shown before and after a change."""
_LONGEST = 400
"""Words of one change that are shown."""
_SOURCE_TEXT = {
    VersionSource.FEED: "in {}",
    VersionSource.PAGE: "in its page",
    VersionSource.UNKNOWN: "where, was not recorded then",
}
# As `git diff --word-diff=plain` marks them.
_MARKS = {Change.SAME: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}"}
_STYLES = {Change.SAME: "", Change.REMOVED: "red strike", Change.ADDED: "green"}


def show_versions(versions: Sequence[ArticleVersion]) -> None:
    """Print versions, the oldest first; words are marked by colours on a terminal that has them, else by brackets."""
    from rich.console import Console

    console = Console(highlight=False)
    is_coloured = console.is_terminal and not console.no_color
    for version in versions:
        print(_heading(version))
        for change in version.changes:
            console.print(_changed_line(change, is_coloured=is_coloured), soft_wrap=True)


def _heading(version: ArticleVersion) -> str:
    seen = f"seen {when(version.seen)} {_SOURCE_TEXT[version.by].format(version.feed)}"
    same = "" if version.changes or version.version == 1 else "; the words of title and text are the same"
    changed = f": {version.added:,} added, {version.removed:,} taken away" if version.added or version.removed else ""
    return f"version {version.version}  {seen}; {counted(version.words, 'word')}{changed}{same}"


def _changed_line(change: FieldChange, *, is_coloured: bool) -> Text:
    from rich.text import Text

    line = Text(f"  {change.field:<9}")
    for part in excerpts(change.parts, _CONTEXT, _LONGEST):
        text, space = _one_line(part)
        if is_coloured:
            line.append(text, _STYLES[part.change])
        else:
            line.append(_MARKS[part.change].format(text))
        line.append(space)
    return line


def _one_line(part: DiffPart) -> tuple[str, str]:
    """Return a part's text on one line, its paragraphs parted by ¶, and apart from it the space at its end."""
    text, space = part.text.rstrip(), part.text[len(part.text.rstrip()) :]
    line = " ¶ ".join(paragraph.strip() for paragraph in text.splitlines() if paragraph.strip())
    return printable(line), " ¶ " if "\n" in space else space and " "
