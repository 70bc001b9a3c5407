"""Build the view that a channel renders, from a delivery and its articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b

from monitor.alert_view import Envelope, OtherOutlet, RuleNote, Story, StoryGroup, TextChange, View
from monitor.alerts import time_text
from monitor.alerts.edit_changes import IN_ALERT, IN_LIST, Measure, changes_of
from monitor.alerts.planning import BACKFILL, OLDER, OVERFLOW
from monitor.alerts.quotes import heading, quotations, rule_quotations
from monitor.alerts.schedule import EPOCH
from monitor.errors import RenderError
from monitor.hostnames import ascii_host
from monitor.model import Alert, Article, Item, Kind, Match, Outlet
from monitor.text import ascii_address, counted, split_mailbox
from monitor.text.safe_text import HEADER_CAP, header_text, safe_link, shorten, visible

QUOTES = 3  # sentences quoted of a story: in an alert, and in a digest, where each rule has one at most
DIGEST_QUOTE = 260  # characters of a sentence quoted in a digest
SHOWN = 50  # stories laid out in one message, and rules named in it
OTHER_OUTLETS = 8  # named under one story
DISPLAY_RULES = 2  # rules named in the sender's display name; the message names all
DEFAULT_SENDER = "News monitor"
SUBJECT_RULES = 3  # named in the subject of a digest
QUERY_CAP = 300
QUERIES_CAP = 6_000  # characters of all queries in one message, shared between its rules
TEXT_CAP = 20_000  # characters of an operator's notice


@dataclass(frozen=True, slots=True)
class AlertContent:
    """A delivery with all that its message needs.

    `articles` holds the items' versions by article id; `outlets` outlets by name; `queries` and `files`, by rule, its
    query and its file within the configuration's folder. `installation` is a random text, drawn once per database, so
    that a new database does not repeat Message-IDs. `copies` holds, by story id, the first article of
    each outlet. By article id, `before` holds the versions that items are edits of, `pictures` addresses of pictures.
    `parent` is what the channel's service calls the first message of the thread, and `parent_subject` its subject.
    """

    alert: Alert
    sender: str
    now: datetime
    articles: Mapping[int, Article] = field(default_factory=dict)
    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    queries: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    domain: str = ""
    operator: tuple[str, ...] = ()
    installation: str = ""
    copies: Mapping[int, Sequence[Article]] = field(default_factory=dict)
    before: Mapping[int, Article] = field(default_factory=dict)
    parent: str = ""
    parent_subject: str = ""
    pictures: Mapping[int, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, int]:
        """The delivery's key: recipient, thread, sequence."""
        return self.alert.recipient, self.alert.thread, self.alert.sequence


StoryItems = list[tuple[Item, Article]]


def view_of(content: AlertContent) -> View:
    """Return what the message of a delivery tells. Raises RenderError if nothing can be told, with the delivery's key.

    The view is the same for the same content; none of its articles being stored any more is such an error.
    """
    try:
        if content.alert.kind is Kind.NOTICE:
            return _notice(content)
        by_story = _items_by_story(content)
        if not by_story:
            raise RenderError(content.key, "none of its articles is stored any more")
        if content.alert.kind is Kind.ALERT and len(by_story) == 1:
            return _single(content, by_story[0])
        return _digest(content, by_story)
    except (ValueError, LookupError, TypeError) as error:
        raise RenderError(content.key, f"{type(error).__name__}: {error}") from error


def message_id(content: AlertContent) -> str:
    """Return `<hash@domain>` with a hash of the installation and the delivery's key alone."""
    recipient, thread, sequence = content.key
    key = "\0".join((content.installation, recipient, thread, str(sequence)))
    domain = ascii_host(content.domain) if content.domain else _sender(content)[1].rpartition("@")[2]
    return f"<{blake2b(key.encode('utf-8', 'replace'), digest_size=16).hexdigest()}@{domain}>"


def _envelope(content: AlertContent) -> Envelope:
    alert = content.alert
    sender = _sender(content)
    parent = content.parent, content.parent_subject
    return Envelope(content.key, alert.kind, message_id(content), *sender, content.now, alert.timezone, *parent)


def _sender(content: AlertContent) -> tuple[str, str]:
    display, address = split_mailbox(content.sender)
    return header_text(display, 100) or DEFAULT_SENDER, ascii_address(address)


def _rule_names(content: AlertContent) -> tuple[str, ...]:
    """Return every rule of a delivery, the most frequent first."""
    counts = Counter(match.rule for item in content.alert.items for match in item.matches)
    return tuple(sorted(counts, key=lambda rule: (-counts[rule], rule)))


def _outlet_title(content: AlertContent, name: str) -> str:
    """Return an outlet's title as configured; its name if it is no longer configured."""
    outlet = content.outlets.get(name)
    return header_text(outlet.title if outlet and outlet.title else name, 80)


def _notice(content: AlertContent) -> View:
    lines = [visible(line).strip() for line in content.alert.text[:TEXT_CAP].splitlines()]
    subject = header_text(content.alert.subject) or "A notice from monitor"
    paragraphs = tuple(part.strip("\n") for part in "\n".join(lines).split("\n\n") if part.strip())
    zone = time_text.full(content.now, content.alert.timezone)
    preheader = header_text(" ".join(paragraphs[:1]))
    return View(_envelope(content), "notice", subject, preheader, zone, paragraphs=paragraphs or (subject,))


def _items_by_story(content: AlertContent) -> list[StoryItems]:
    """Group the items by story, in their order; a story's first item is its main article."""
    stories: dict[int, StoryItems] = {}
    for item in content.alert.items:
        if (article := content.articles.get(item.article_id)) is not None:
            stories.setdefault(item.story_id, []).append((item, article))
    return list(stories.values())


def _single(content: AlertContent, items: StoryItems) -> View:
    story = _story(content, items)
    first = story.quotes[0].text if story.quotes else story.title.text
    outlets = _outlets(content, [items])
    return View(
        _envelope(content),
        "alert",
        _subject(items[0][1], story),
        header_text(first),
        _zone(content),
        (StoryGroup(story.rules[0] if story.rules else "", (story,)),),
        from_name=_from_name(content, story.rules, outlets[0]),
        rules=_notes(content, story.rules),
        more_rules=max(0, len(story.rules) - SHOWN),
        operator=content.operator,
        outlets=outlets,
        rule_names=_rule_names(content),
    )


def _subject(article: Article, story: Story) -> str:
    title = header_text(article.title) or header_text(story.title.text) or "(no title)"
    return header_text(f"Edited: {title}") if story.edited else title


def _from_name(content: AlertContent, rules: tuple[str, ...], outlet: str) -> str:
    """Return the sender's display name, `Istanbul talks · TASS`, for a message of one story.

    It is made from the configuration alone, never from text of a feed.
    """
    more = f" +{len(rules) - DISPLAY_RULES}" if len(rules) > DISPLAY_RULES else ""
    return header_text(f"{', '.join(rules[:DISPLAY_RULES])}{more} · {_outlet_title(content, outlet)}", 100)


def _digest(content: AlertContent, by_story: list[StoryItems]) -> View:
    counts = Counter(rule for items in by_story for rule in _rules(items))
    names = tuple(sorted(counts, key=lambda rule: (-counts[rule], rule)))
    led = [_led_by(_main_rule(_rules(items), names), items) for items in by_story]
    newest_first = sorted(led, key=lambda items: -(items[0][1].published or items[0][1].seen or EPOCH).timestamp())
    shown = newest_first[:SHOWN]
    stories = [_story(content, items, rank) for rank, items in enumerate(shown)]
    groups = _groups(stories, names, Counter(_main_rule(_rules(items), names) for items in by_story))
    return View(
        _envelope(content),
        "digest",
        _digest_subject(content, len(by_story), [f"{name} {counts[name]:,}" for name in names]),
        header_text("; ".join(group.stories[0].title.text for group in groups)),
        _zone(content),
        groups,
        intro=_intro(content, len(by_story)),
        hidden=len(by_story) - len(shown),
        rules=_notes(content, names),
        more_rules=max(0, len(names) - SHOWN),
        operator=content.operator,
        outlets=_outlets(content, by_story),
        rule_names=_rule_names(content),
    )


def _groups(stories: list[Story], names: tuple[str, ...], counts_by_main_rule: Counter[str]) -> tuple[StoryGroup, ...]:
    """Group the stories, each once, under the most frequent of its rules."""
    groups: dict[str, list[Story]] = {}
    for story in stories:
        groups.setdefault(_main_rule(story.rules, names), []).append(story)
    found = [name for name in [*names, ""] if name in groups]
    return tuple(StoryGroup(name, tuple(groups[name]), counts_by_main_rule[name]) for name in found)


def _main_rule(rules: tuple[str, ...], names: tuple[str, ...]) -> str:
    return next((name for name in names if name in rules), "")


def _led_by(rule: str, items: StoryItems) -> StoryItems:
    """Return the items with those first that the rule of their heading matched, and its match first in each."""
    ordered = [
        (replace(item, matches=tuple(sorted(item.matches, key=lambda match: _rule_name(match) != rule))), article)
        for item, article in items
    ]
    return sorted(ordered, key=lambda pair: rule not in map(_rule_name, pair[0].matches))


def _story(content: AlertContent, items: StoryItems, rank: int | None = None) -> Story:
    """Return a story as an alert tells it; with a rank, the number of newer ones, as one of a digest."""
    item, article = items[0]
    in_list = rank is not None
    others = [*(one for _, one in items[1:]), *_copies(content, items)]
    quotes = (
        rule_quotations(article, item.matches, QUOTES, DIGEST_QUOTE)
        if in_list
        else quotations(article, item.matches, QUOTES)
    )
    return Story(
        heading(article, item.matches),
        _outlet_title(content, article.outlet),
        _time(content, article, in_list=in_list),
        safe_link(article.url),
        quotes,
        _rules(items),
        tuple(_other_outlet(content, one) for one in others[:OTHER_OUTLETS]),
        max(0, len(others) - OTHER_OUTLETS),
        rank or 0,
        article.published,
        edited=item.edit_of > 0,
        changes=_changes(content, item, article, IN_LIST if in_list else IN_ALERT),
        picture=safe_link(content.pictures.get(item.article_id, "")),
        develops=item.develops,
        spread=_spread(others),
    )


def _spread(others: Sequence[Article]) -> str:
    """Return how many outlets have the story besides, and in how many languages; empty for one outlet or none."""
    outlets = len({one.outlet for one in others})
    languages = len({one.language for one in others if one.language})
    where = f" in {counted(languages, 'language')}" if languages > 1 else ""
    return f"{counted(outlets, 'outlet')}{where}" if outlets > 1 else ""


def _changes(content: AlertContent, item: Item, article: Article, measure: Measure) -> tuple[TextChange, ...]:
    before = content.before.get(item.article_id) if item.edit_of else None
    return changes_of(before, article, measure) if before else ()


def _copies(content: AlertContent, items: StoryItems) -> list[Article]:
    """Return the first copy of the story at each further outlet, whether or not a rule matches it."""
    named = {article.outlet for _, article in items}
    first: dict[str, Article] = {}
    for one in content.copies.get(items[0][0].story_id, ()):
        if one.outlet not in named:
            first.setdefault(one.outlet, one)
    return list(first.values())


def _other_outlet(content: AlertContent, article: Article) -> OtherOutlet:
    time = _time(content, article, in_list=True)
    return OtherOutlet(_outlet_title(content, article.outlet), time, safe_link(article.url), heading(article, ()))


def _time(content: AlertContent, article: Article, *, in_list: bool) -> str:
    """Format when an article was published; if that is unknown, `seen` and when we first saw it."""
    moment = article.published or article.seen
    if moment is None:
        return ""
    zone = content.alert.timezone
    text = time_text.brief(moment, zone, content.now) if in_list else time_text.full(moment, zone)
    return text if article.published else f"seen {text}"


def _rules(items: StoryItems) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_rule_name(match) for item, _ in items for match in item.matches))


def _rule_name(match: Match) -> str:
    return header_text(match.rule, 80)


def _outlets(content: AlertContent, by_story: list[StoryItems]) -> tuple[str, ...]:
    articles = [article for items in by_story for _, article in items]
    copies = [copy for items in by_story for copy in _copies(content, items)]
    return tuple(dict.fromkeys(article.outlet for article in (*articles, *copies)))[:SHOWN]


def _notes(content: AlertContent, names: tuple[str, ...]) -> tuple[RuleNote, ...]:
    """Return each rule with its query in one line, without comments, and the file to change it in."""
    noted = names[:SHOWN]
    cap = min(QUERY_CAP, QUERIES_CAP // max(1, len(noted)))
    notes = []
    for name in noted:
        lines = content.queries.get(name, "")[: 10 * QUERY_CAP].splitlines()
        query = " ".join(line.strip() for line in lines if not line.lstrip().startswith("#"))
        file = content.files.get(name, "rules.yaml")
        notes.append(RuleNote(name, file, shorten(visible(query).strip(), cap)))
    return tuple(notes)


def _digest_subject(content: AlertContent, stories: int, counts: list[str]) -> str:
    rest = f" and {len(counts) - SUBJECT_RULES} more rules" if len(counts) > SUBJECT_RULES else ""
    what = {Kind.SUMMARY: " of the last 24 hours", Kind.CATCH_UP: " that waited"}.get(content.alert.kind, "")
    return header_text(f"{_stories(stories)}{what}: {', '.join(counts[:SUBJECT_RULES])}{rest}", HEADER_CAP)


def _intro(content: AlertContent, stories: int) -> str:
    kind, what = content.alert.kind, _stories(stories)
    if kind is Kind.SUMMARY:
        return f"Outlets, rules or recipients are new here. This is what the last 24 hours hold: {what}."
    if kind is Kind.CATCH_UP:
        return f"No mail could be sent for a while. {what} waited; here they are in one mail."
    if content.alert.thread.startswith(OVERFLOW):
        return f"More came than the hourly limit for single mails, so these {what} come together."
    if content.alert.thread.startswith(OLDER):
        return f"Older than 24 hours by their dates when they first showed in their feeds: {what}."
    if content.alert.thread.startswith(BACKFILL):
        return f"You asked for the past of outlets to be read. This is what your rules find in it: {what}."
    return f"{what} since the last digest."


def _stories(count: int) -> str:
    return counted(count, "story", "stories")


def _zone(content: AlertContent) -> str:
    return time_text.zone_of(content.now, content.alert.timezone)
