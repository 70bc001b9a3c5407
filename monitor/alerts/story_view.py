"""Say what a message tells of one story: its main article, what else of it is new, and who has it besides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice, repeat

from monitor.alert_view import OtherOutlet, Story, TextChange
from monitor.alerts import time_text
from monitor.alerts.bursts import burst_text
from monitor.alerts.digest_choice import SHOWN, rules_of
from monitor.alerts.edit_changes import IN_ALERT, IN_LIST, Measure, changes_of
from monitor.alerts.message_content import AlertContent, StoryItems
from monitor.alerts.news_view import news_shown
from monitor.alerts.quotes import heading, quotations, rule_quotations
from monitor.alerts.schedule import EPOCH
from monitor.model import Article, Item
from monitor.story_values import StoryNews
from monitor.text import counted
from monitor.text.safe_text import safe_link

QUOTES = 3  # sentences quoted of a story: in an alert, and in a digest, where each rule has one at most
DIGEST_QUOTE = 260  # characters of a sentence quoted in a digest
OTHER_OUTLETS = 8  # named under one story


FURTHER = 3  # other articles that are told with their own words: how the story went on, or edits of it


def newest_first(
    items: Sequence[Item], articles: Mapping[int, Article], going_on: Collection[int] = ()
) -> Sequence[Item]:
    """Return the items of a story with its newest development first, and of one that its reader knows the newest edit.

    `articles` has those of all items, by id, and `going_on` are those that tell how a story went on which is told as
    new.
    """
    is_known = all(item.develops or item.edit_of for item in items)

    def place(item: Item) -> tuple[bool, datetime, int]:
        is_news = item.develops or (item.article_id in going_on and not item.edit_of)
        moment = moment_of(articles[item.article_id]) if is_news or is_known else EPOCH
        return is_news, moment, item.article_id if is_news or is_known else 0

    return sorted(items, key=place, reverse=True)


def moment_of(article: Article) -> datetime:
    """Return when an article was published; if that is unknown, when we first saw it."""
    return article.published or article.seen or EPOCH


def story_of(content: AlertContent, items: StoryItems, rank: int | None = None) -> Story:
    """Return a story as an alert tells it; with a rank, the number of newer ones, as one of a digest."""
    _, article = items[0]
    in_list = rank is not None
    news = _further(content, items)
    left = [told for told in items[1:] if told not in news]
    others = [*(one for _, one in left), *copies_of(content, items)]
    named = [
        news_shown(content.news.get(item.article_id, StoryNews()), one, ()).named for item, one in left[:OTHER_OUTLETS]
    ]
    return replace(
        _told(content, *items[0], in_list=in_list),
        rules=rules_of(item for item, _ in items),
        others=tuple(
            _other_outlet(content, one, names)
            for one, names in islice(zip(others, chain(named, repeat(())), strict=False), OTHER_OUTLETS)
        ),
        more_others=max(0, len(others) - OTHER_OUTLETS),
        rank=rank or 0,
        spread=_spread(article, others),
        burst=next((burst_text(one) for one in content.bursts if one.is_of_story(items[0][0].story_id)), ""),
        further=tuple(_told(content, item, one, in_list=True) for item, one in news),
    )


def _further(content: AlertContent, items: StoryItems) -> StoryItems:
    """Return what else of a story is told with its own words; where it is headed by how it went on, its beginning."""
    head = items[0][0]
    news = [(item, one) for item, one in items[1:] if item.develops or item.edit_of or item.article_id in content.news]
    goes_on = head.article_id in content.news and not head.develops
    begun = [told for told in items[1:] if told not in news][:1] if goes_on else []
    return [*news, *begun][:FURTHER]


def _told(content: AlertContent, item: Item, article: Article, *, in_list: bool) -> Story:
    """Return what one article tells of a story."""
    quotes = (
        rule_quotations(article, item.matches, QUOTES, DIGEST_QUOTE)
        if in_list
        else quotations(article, item.matches, QUOTES)
    )
    return Story(
        heading(article, item.matches),
        content.outlet_title(article.outlet),
        _time(content, article, in_list=in_list),
        safe_link(article.url),
        quotes,
        rules_of([item]),
        published=article.published,
        edited=item.edit_of > 0,
        changes=_changes(content, item, article, IN_LIST if in_list else IN_ALERT),
        picture=safe_link(content.pictures.get(item.article_id, "")),
        develops=item.develops,
        story_id=item.story_id,
        news=news_shown(content.news.get(item.article_id, StoryNews()), article, quotes),
    )


def _spread(article: Article, others: Sequence[Article]) -> str:
    """Return how many outlets have the story besides, and in how many languages; empty for one outlet or none."""
    beside = [one for one in others if one.outlet != article.outlet]
    outlets = len({one.outlet for one in beside})
    languages = len({one.language for one in beside if one.language})
    where = f" in {counted(languages, 'language')}" if languages > 1 else ""
    return f"{counted(outlets, 'outlet')}{where}" if outlets > 1 else ""


def _changes(content: AlertContent, item: Item, article: Article, measure: Measure) -> tuple[TextChange, ...]:
    before = content.before.get(item.article_id) if item.edit_of else None
    return changes_of(before, article, measure) if before else ()


def copies_of(content: AlertContent, items: StoryItems) -> list[Article]:
    """Return the first copy of the story at each further outlet, whether or not a rule matches it."""
    named = {article.outlet for _, article in items}
    first: dict[str, Article] = {}
    for one in content.copies.get(items[0][0].story_id, ()):
        if one.outlet not in named:
            first.setdefault(one.outlet, one)
    return list(first.values())


def _other_outlet(content: AlertContent, article: Article, news: tuple[str, ...]) -> OtherOutlet:
    time = _time(content, article, in_list=True)
    return OtherOutlet(content.outlet_title(article.outlet), time, safe_link(article.url), heading(article, ()), news)


def _time(content: AlertContent, article: Article, *, in_list: bool) -> str:
    """Format when an article was published; if that is unknown, `seen` and when we first saw it."""
    moment = article.published or article.seen
    if moment is None:
        return ""
    zone = content.alert.timezone
    text = time_text.brief(moment, zone, content.now) if in_list else time_text.full(moment, zone)
    return text if article.published else f"seen {text}"


def outlets_of(content: AlertContent, by_story: list[StoryItems]) -> tuple[str, ...]:
    """Return the outlets that have these stories, as many as a message names."""
    articles = [article for items in by_story for _, article in items]
    copies = [copy for items in by_story for copy in copies_of(content, items)]
    return tuple(dict.fromkeys(article.outlet for article in (*articles, *copies)))[:SHOWN]
