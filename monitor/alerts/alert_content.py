"""Build the view that a channel renders, from a delivery and its articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

from monitor.alert_view import Envelope, RuleNote, Story, StoryGroup, View
from monitor.alerts import digest_words, time_text
from monitor.alerts.bursts import BurstKind, burst_text
from monitor.alerts.digest_choice import SHOWN, Chosen, Standing, choose, heading_rule, led_by, rules_of
from monitor.alerts.digest_figures import watched, week_of
from monitor.alerts.message_content import AlertContent, StoryItems
from monitor.alerts.news_view import preheader
from monitor.alerts.story_view import moment_of, newest_first, outlets_of, story_of
from monitor.errors import RenderError
from monitor.hostnames import ascii_host
from monitor.model import Alert, Article, Item, Kind
from monitor.text import ascii_address, split_mailbox
from monitor.text.safe_text import header_text, shorten, visible

DISPLAY_RULES = 2  # rules named in the sender's display name; the message names all
DEFAULT_SENDER = "News monitor"
QUERY_CAP = 300
QUERIES_CAP = 6_000  # characters of all queries in one message, shared between its rules
TEXT_CAP = 20_000  # characters of an operator's notice


def view_of(content: AlertContent) -> View:
    """Return what the message of a delivery tells. Raises RenderError if nothing can be told, with the delivery's key.

    The view is the same for the same content; none of its articles being stored any more is such an error.
    """
    try:
        return replace(_view(content), bursts=_bursts(content), shared=content.shared, templates=content.templates)
    except (ValueError, LookupError, TypeError) as error:
        raise RenderError(content.key, f"{type(error).__name__}: {error}") from error


def _view(content: AlertContent) -> View:
    if content.alert.kind is Kind.NOTICE:
        return _notice(content)
    chosen = content.chosen or choose(content.alert.items, _standing(content))
    if not chosen.total:
        raise RenderError(content.key, "none of its articles is stored any more")
    if is_single(content.alert, chosen):
        return _single(
            content, _with_articles(content, newest_first(chosen.stories[0], content.articles, content.news))
        )
    return _digest(content, chosen)


def _bursts(content: AlertContent) -> tuple[str, ...]:
    """Return what a message says of rules that find far more than usual."""
    return tuple(header_text(burst_text(one)) for one in content.bursts if one.kind is BurstKind.RULE)


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


def _notice(content: AlertContent) -> View:
    lines = [visible(line).strip() for line in content.alert.text[:TEXT_CAP].splitlines()]
    subject = header_text(content.alert.subject) or "A notice from monitor"
    paragraphs = tuple(part.strip("\n") for part in "\n".join(lines).split("\n\n") if part.strip())
    zone = time_text.full(content.now, content.alert.timezone)
    preheader = header_text(" ".join(paragraphs[:1]))
    return View(_envelope(content), "notice", subject, preheader, zone, paragraphs=paragraphs or (subject,))


def is_single(alert: Alert, chosen: Chosen) -> bool:
    """Tell whether a message tells one story alone, and not as a digest."""
    return alert.kind is Kind.ALERT and chosen.total == 1


def _standing(content: AlertContent) -> Standing:
    """Return what all articles of the content say of its stories."""
    moments = {id_: moment_of(one) for id_, one in content.articles.items()}
    outlets: dict[int, set[str]] = {id_: {one.outlet for one in copies} for id_, copies in content.copies.items()}
    for item in content.alert.items:
        if article := content.articles.get(item.article_id):
            outlets.setdefault(item.story_id, set()).add(article.outlet)
    return Standing(moments, {id_: len(names) for id_, names in outlets.items()})


def _with_articles(content: AlertContent, items: Iterable[Item]) -> StoryItems:
    """Return the items of a story with their articles; the first one is its main article."""
    return [(item, content.articles[item.article_id]) for item in items]


def _single(content: AlertContent, items: StoryItems) -> View:
    story = story_of(content, items)
    first = story.quotes[0].text if story.quotes else story.title.text
    outlets = outlets_of(content, [items])
    return View(
        _envelope(content),
        "alert",
        _subject(items[0][1], story),
        preheader(story.news, first),
        _zone(content),
        (StoryGroup(story.rules[0] if story.rules else "", (story,)),),
        from_name=_from_name(content, story.rules, outlets[0]),
        rules=_notes(content, story.rules),
        more_rules=max(0, len(story.rules) - SHOWN),
        operator=content.operator,
        outlets=outlets,
        outlet_titles=tuple(content.outlet_title(name) for name in outlets),
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
    return header_text(f"{', '.join(rules[:DISPLAY_RULES])}{more} · {content.outlet_title(outlet)}", 100)


def _digest(content: AlertContent, chosen: Chosen) -> View:
    names = chosen.rules
    ordered = [newest_first(items, content.articles, content.news) for items in chosen.stories]
    led = [led_by(heading_rule(rules_of(items), names), items) for items in ordered]
    by_story = [_with_articles(content, items) for items in led]
    stories = [story_of(content, items, rank) for rank, items in enumerate(by_story)]
    groups = _groups(content, stories, chosen)
    outlets = outlets_of(content, by_story)
    return View(
        _envelope(content),
        "digest",
        digest_words.subject(content.alert, chosen.total, [f"{name} {chosen.counts[name]:,}" for name in names]),
        header_text("; ".join(group.stories[0].title.text for group in groups)),
        _zone(content),
        groups,
        intro=digest_words.intro(content.alert, chosen.total),
        hidden=chosen.total - len(stories),
        rules=_notes(content, names),
        more_rules=max(0, len(names) - SHOWN),
        operator=content.operator,
        outlets=outlets,
        outlet_titles=tuple(content.outlet_title(name) for name in outlets),
        rule_names=_rule_names(content),
        watched=watched(content.figures, content.outlet_title, content.now, content.alert.timezone),
    )


def _groups(content: AlertContent, stories: list[Story], chosen: Chosen) -> tuple[StoryGroup, ...]:
    """Group the stories, each once, under the most frequent of its rules, with what that rule found in its week."""
    groups: dict[str, list[Story]] = {}
    for story in stories:
        groups.setdefault(heading_rule(story.rules, chosen.rules), []).append(story)
    found = [name for name in [*chosen.rules, ""] if name in groups]
    zone, weeks = content.alert.timezone, content.figures.weeks
    return tuple(
        StoryGroup(
            name,
            tuple(groups[name]),
            chosen.headed[name],
            week_of(weeks.get(name, ()), content.now, zone, content.figures.began),
        )
        for name in found
    )


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


def _zone(content: AlertContent) -> str:
    return time_text.zone_of(content.now, content.alert.timezone)
