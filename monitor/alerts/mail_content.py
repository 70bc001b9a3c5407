"""What a mail says, before it is laid out: a delivery and its articles in, a view for the templates out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.alerts import time_text
from monitor.alerts.mail_text import HEADER_CAP, header_text, safe_link, shorten, visible
from monitor.alerts.planning import OLDER, OVERFLOW
from monitor.alerts.quotes import LENGTH, heading, quotations
from monitor.alerts.schedule import EPOCH
from monitor.alerts.template_view import Group, MailView, Other, RuleNote, Story
from monitor.errors import RenderError
from monitor.model import Alert, Article, Item, Kind, Match, Outlet
from monitor.text import counted, split_mailbox

QUOTES = 3  # sentences quoted in an alert
DIGEST_QUOTE = 260  # characters of the one sentence quoted per story of a digest
SHOWN = 50  # stories laid out in one mail, and rules named in it
ALSO = 8  # other outlets named under one story
SUBJECT_RULES = 3
QUERY_CAP = 300
QUERIES_CAP = 6_000  # characters of all queries in one mail, shared between its rules
TEXT_CAP = 20_000  # characters of an operator's notice


@dataclass(frozen=True, slots=True)
class MailContent:
    """A delivery with all that its mail needs.

    `articles` by id (of the items' versions); `queries` and `files` by rule: its text and where it stands, for "how to
    change it"; `installation` is drawn once per database, so that a new database does not repeat Message-IDs; `copies`
    are, by story, the pieces that the mail does not tell.
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

    @property
    def key(self) -> tuple[str, str, int]:
        """The delivery's key."""
        return self.alert.recipient, self.alert.thread, self.alert.sequence

    @property
    def answered_by(self) -> tuple[str, ...]:
        """The operators that Reply-To can name: an international address in a header makes the whole mail international
        (RFC 6531), and a server without SMTPUTF8 refuses that for good; so only where sender or reader are so too."""
        if _is_plain(self.alert.recipient) and _is_plain(split_mailbox(self.sender)[1]):
            return tuple(address for address in self.operator if _is_plain(address))
        return self.operator


def _is_plain(address: str) -> bool:
    """Whether an address can be written in ASCII: an international domain can, an international name cannot."""
    return address.rpartition("@")[0].isascii()


Bundle = list[tuple[Item, Article]]


def view(letter: MailContent) -> MailView:
    """What the mail of a delivery says; a delivery of which no article is left cannot be shown."""
    if letter.alert.kind is Kind.NOTICE:
        return _notice(letter)
    bundles = _bundles(letter)
    if not bundles:
        raise RenderError(letter.key, "none of its articles is stored any more")
    if letter.alert.kind is Kind.ALERT and len(bundles) == 1:
        return _single(letter, bundles[0])
    return _digest(letter, bundles)


def rule_names(letter: MailContent) -> tuple[str, ...]:
    """Every rule of a delivery, the most frequent first."""
    counts = Counter(match.rule for item in letter.alert.items for match in item.matches)
    return tuple(sorted(counts, key=lambda rule: (-counts[rule], rule)))


def outlet_title(letter: MailContent, name: str) -> str:
    """An outlet's title as configured; its name when it is configured no more."""
    outlet = letter.outlets.get(name)
    return header_text(outlet.title if outlet and outlet.title else name, 80)


def _notice(letter: MailContent) -> MailView:
    lines = [visible(line).strip() for line in letter.alert.text[:TEXT_CAP].splitlines()]
    subject = header_text(letter.alert.subject) or "A notice from monitor"
    paragraphs = tuple(part.strip("\n") for part in "\n".join(lines).split("\n\n") if part.strip())
    zone = time_text.full(letter.now, letter.alert.timezone)
    preheader = header_text(" ".join(paragraphs[:1]))
    return MailView("notice", subject, preheader, zone, paragraphs=paragraphs or (subject,))


def _bundles(letter: MailContent) -> list[Bundle]:
    """The items by story, in the order in which they came; the first piece of a story leads it."""
    stories: dict[int, Bundle] = {}
    for item in letter.alert.items:
        if (article := letter.articles.get(item.article_id)) is not None:
            stories.setdefault(item.story_id, []).append((item, article))
    return list(stories.values())


def _single(letter: MailContent, bundle: Bundle) -> MailView:
    story = _story(letter, bundle, QUOTES)
    first = story.quotes[0].text if story.quotes else story.title.text
    return MailView(
        "alert",
        header_text(bundle[0][1].title) or header_text(story.title.text) or "(no title)",
        header_text(first),
        _zone(letter),
        (Group(story.rules[0] if story.rules else "", (story,)),),
        rules=_notes(letter, story.rules),
        more_rules=max(0, len(story.rules) - SHOWN),
        operator=letter.operator,
        answered_by=letter.answered_by,
        outlets=_outlets(letter, [bundle]),
    )


def _digest(letter: MailContent, bundles: list[Bundle]) -> MailView:
    counts = Counter(rule for bundle in bundles for rule in _rules(bundle))
    names = tuple(sorted(counts, key=lambda rule: (-counts[rule], rule)))
    shown = _newest(bundles)[:SHOWN]
    stories = [_story(letter, bundle, 1, rank) for rank, bundle in enumerate(shown)]
    groups = _groups(stories, names, Counter(_lead(_rules(bundle), names) for bundle in bundles))
    return MailView(
        "digest",
        _digest_subject(letter, len(bundles), [f"{name} {counts[name]:,}" for name in names]),
        header_text("; ".join(group.stories[0].title.text for group in groups)),
        _zone(letter),
        groups,
        intro=_intro(letter, len(bundles)),
        hidden=len(bundles) - len(shown),
        rules=_notes(letter, names),
        more_rules=max(0, len(names) - SHOWN),
        operator=letter.operator,
        answered_by=letter.answered_by,
        outlets=_outlets(letter, bundles),
    )


def _groups(stories: list[Story], names: tuple[str, ...], leads: Counter[str]) -> tuple[Group, ...]:
    """Every story once, under the most frequent of its rules."""
    groups: dict[str, list[Story]] = {}
    for story in stories:
        groups.setdefault(_lead(story.rules, names), []).append(story)
    return tuple(Group(name, tuple(groups[name]), leads[name]) for name in [*names, ""] if name in groups)


def _lead(rules: tuple[str, ...], names: tuple[str, ...]) -> str:
    return next((name for name in names if name in rules), "")


def _newest(bundles: list[Bundle]) -> list[Bundle]:
    return sorted(bundles, key=lambda bundle: -_moment(bundle[0][1]).timestamp())


def _moment(article: Article) -> datetime:
    moment = article.published or article.seen
    return moment if moment is not None else EPOCH


def _story(letter: MailContent, bundle: Bundle, limit: int, rank: int = 0) -> Story:
    item, article = bundle[0]
    in_list = limit == 1
    length = DIGEST_QUOTE if in_list else LENGTH
    others = [*(one for _, one in bundle[1:]), *_copies(letter, bundle)]
    return Story(
        heading(article, item.matches),
        outlet_title(letter, article.outlet),
        _time(letter, article, in_list=in_list),
        safe_link(article.url),
        quotations(article, item.matches, limit, length),
        _rules(bundle),
        tuple(_other(letter, one) for one in others[:ALSO]),
        max(0, len(others) - ALSO),
        rank,
    )


def _copies(letter: MailContent, bundle: Bundle) -> list[Article]:
    """The first copy at each outlet that the mail does not tell the story by, whether or not a rule finds it."""
    named = {article.outlet for _, article in bundle}
    first: dict[str, Article] = {}
    for one in letter.copies.get(bundle[0][0].story_id, ()):
        if one.outlet not in named:
            first.setdefault(one.outlet, one)
    return list(first.values())


def _other(letter: MailContent, article: Article) -> Other:
    time = _time(letter, article, in_list=True)
    return Other(outlet_title(letter, article.outlet), time, safe_link(article.url), heading(article, ()))


def _time(letter: MailContent, article: Article, *, in_list: bool) -> str:
    """When it was published, or when we saw it, which is said."""
    moment = article.published or article.seen
    if moment is None:
        return ""
    zone = letter.alert.timezone
    text = time_text.brief(moment, zone, letter.now) if in_list else time_text.full(moment, zone)
    return text if article.published else f"seen {text}"


def _rules(bundle: Bundle) -> tuple[str, ...]:
    matches: list[Match] = [match for item, _ in bundle for match in item.matches]
    return tuple(dict.fromkeys(header_text(match.rule, 80) for match in matches))


def _outlets(letter: MailContent, bundles: list[Bundle]) -> tuple[str, ...]:
    told = [article for bundle in bundles for _, article in bundle]
    copies = [copy for bundle in bundles for copy in _copies(letter, bundle)]
    return tuple(dict.fromkeys(article.outlet for article in (*told, *copies)))[:SHOWN]


def _notes(letter: MailContent, names: tuple[str, ...]) -> tuple[RuleNote, ...]:
    noted = names[:SHOWN]
    cap = min(QUERY_CAP, QUERIES_CAP // max(1, len(noted)))
    return tuple(
        RuleNote(name, letter.files.get(name, "config/rules.yaml"), _query(letter.queries.get(name, ""), cap))
        for name in noted
    )


def _query(text: str, cap: int) -> str:
    lines = [line.strip() for line in text[: 10 * QUERY_CAP].splitlines() if not line.lstrip().startswith("#")]
    return shorten(visible(" ".join(lines)).strip(), cap)


def _digest_subject(letter: MailContent, stories: int, counts: list[str]) -> str:
    rest = f" and {len(counts) - SUBJECT_RULES} more rules" if len(counts) > SUBJECT_RULES else ""
    what = {Kind.SUMMARY: " of the last 24 hours", Kind.CATCH_UP: " that waited"}.get(letter.alert.kind, "")
    return header_text(f"{_stories(stories)}{what}: {', '.join(counts[:SUBJECT_RULES])}{rest}", HEADER_CAP)


def _intro(letter: MailContent, stories: int) -> str:
    kind, what = letter.alert.kind, _stories(stories)
    if kind is Kind.SUMMARY:
        return f"Outlets, rules or recipients are new here. This is what the last 24 hours hold: {what}."
    if kind is Kind.CATCH_UP:
        return f"No mail could be sent for a while. {what} waited; here they are in one mail."
    if letter.alert.thread.startswith(OVERFLOW):
        return f"More came than the hourly limit for single mails, so these {what} come together."
    if letter.alert.thread.startswith(OLDER):
        return f"Older than 24 hours by their dates when they first showed in their feeds: {what}."
    return f"{what} since the last digest."


def _stories(count: int) -> str:
    return counted(count, "story", "stories")


def _zone(letter: MailContent) -> str:
    return time_text.zone_of(letter.now, letter.alert.timezone)
