"""Implement `monitor stories`: list the stories that move now, or show one with why each article is of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.since_option import Since
from monitor.text import counted, when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.config import Config
    from monitor.reports.story_list import MovingStories, ShownStory, StoryPiece
    from monitor.store import Connection

app = typer.Typer(add_completion=False)


@app.command()
def stories(
    which: Annotated[
        str, typer.Argument(metavar="ID|URL", help="Show this story; an address is that of an article of it.")
    ] = "",
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    since: Since = "24h",
    rule: Annotated[str, typer.Option("--rule", metavar="NAME", help="Only stories that this rule found.")] = "",
    outlet: Annotated[str, typer.Option("--outlet", metavar="NAME", help="Only stories that it told.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many stories or articles.")] = 20,
    singles: Annotated[
        bool, typer.Option("--all", help="List single articles, too, which are no more than counted.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show which stories move now: their size and growth, and who had each first.

    Those come first that most outlets told within --since; single articles are counted. With an id or address, one
    story: its articles in the order of their appearance, and why each is of it.
    """
    from monitor.cli.output import print_json
    from monitor.cli.query_argument import require_config
    from monitor.store import Store

    built_config = require_config(config, data)
    with Store.open(built_config.settings.database_url(), read_only=True) as store, store.reading() as conn:
        if which:
            shown = _shown(conn, built_config, which, limit)
        else:
            moving = _moving(conn, built_config, (since, rule, outlet), (limit, singles))
    if as_json:
        print_json(shown if which else moving)
    elif which:
        for line in _story_lines(shown):
            print(line)
    else:
        _print_moving(moving)
    if not which and moving.since > moving.asked_since:
        typer.echo(f"only the newest articles were looked at, those since {when(moving.since)}", err=True)


def _print_moving(moving: MovingStories) -> None:
    from monitor.cli.output import table

    singles = moving.single_articles
    if moving.stories:
        table(_HEADINGS, list(_rows(moving)))
    if singles:
        and_ = "and" if moving.stories else "no story of several articles moved;"
        print(f"{and_} {counted(singles, 'single article')}: --all shows {'it' if singles == 1 else 'them'}")
    elif not moving.stories:
        print("no story moved in that time; --since 7d looks further back")


def _moving(conn: Connection, config: Config, asked: tuple[str, str, str], listed: tuple[int, bool]) -> MovingStories:
    from monitor.cli.query_argument import named_outlets, rule_text
    from monitor.cli.since_option import span_of
    from monitor.reports.story_list import moving_stories
    from monitor.run.startup import utc_now
    from monitor.store.column_types import EPOCH
    from monitor.store.story_queries import StoryFilter

    since, rule, outlet = asked
    if rule:
        rule_text(config, rule)
    if outlet:
        named_outlets(config, [outlet])
    now = utc_now()
    first, last = span_of(since, now, config.settings.timezone)
    return moving_stories(conn, StoryFilter(first or EPOCH, last or now, rule, outlet, *listed))


def _shown(conn: Connection, config: Config, word: str, limit: int) -> ShownStory:
    from monitor.errors import MonitorError
    from monitor.reports.story_list import show_story, story_meant
    from monitor.text import clean

    story = story_meant(conn, config, word)
    if story is None:
        raise MonitorError(
            f"there is no story {clean(word)!r}; give its id, or the address of an article of it (monitor stories)"
        )
    found = show_story(conn, story, limit)
    if found is None:
        raise MonitorError(f"the articles of story {story} are kept no more")
    return found


_HEADINGS = ("id", "outlets", "new", "articles", "new", "last hour", "languages", "first", "at", "about")


def _rows(moving: MovingStories) -> Iterator[tuple[object, ...]]:
    for one in moving.stories:
        size = (
            f"{one.outlets:,}",
            f"+{one.new_outlets:,}",
            f"{one.articles:,}",
            f"+{one.new:,}",
            f"+{one.last_hour:,}{' (a burst)' if one.burst else ''}",
        )
        yield one.id, *size, _languages(one.languages), one.first.outlet, when(one.first.at), one.first.title


_SHOWN_LANGUAGES = 6


def _languages(codes: tuple[str, ...]) -> str:
    more = len(codes) - _SHOWN_LANGUAGES
    return " ".join(codes[:_SHOWN_LANGUAGES]) + (f" +{more}" if more > 0 else "")


def _story_lines(story: ShownStory) -> Iterator[str]:
    at = f"{counted(story.articles, 'article')} at {counted(story.outlets, 'outlet')}"
    languages = f", in {' '.join(story.languages)}" if story.languages else ""
    yield f"story {story.id}: {at}{languages}; {when(story.began)} to {when(story.last)}"
    for piece in story.pieces:
        yield from _piece_lines(piece)
    if (more := story.articles - len(story.pieces)) > 0:
        yield f"and {more:,} more: --limit {min(story.articles, 1000)}"


def _piece_lines(piece: StoryPiece) -> Iterator[str]:
    article = piece.article
    language = f" ({article.language})" if article.language else ""
    yield f"\n{when(article.at)}  {piece.relation.value}  {article.outlet}{language}  article {article.id}"
    yield f"    {article.title}"
    yield f"    {article.url}"
    if piece.resembles is not None:
        of = f"that of {piece.resembles_outlet}, " if piece.resembles_outlet else ""
        yield f"    like {of}article {piece.resembles}, {piece.score:.2f}: {'; '.join(piece.why)}"
