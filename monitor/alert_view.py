"""Define what an alert tells its reader, whatever channel renders it, and how it is limited where room is scarce."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.model import Kind


@dataclass(frozen=True, slots=True)
class QuotePart:
    """A part of a quotation; marked if a rule matched it."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted sentence, with its language (empty if unknown) and its direction (`ltr` or `rtl`)."""

    parts: tuple[QuotePart, ...]
    language: str = ""
    direction: str = "ltr"

    @property
    def text(self) -> str:
        """The text of the quotation without marks."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class OtherOutlet:
    """The same story at another outlet; `news` names what is new there, where that is not told with its own words."""

    outlet: str
    time: str
    link: str
    title: Quote
    news: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangePart:
    """A part of a changed text: `same`, `removed` or `added`."""

    text: str
    change: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """What an edit changed in the `title` or `text` of an article; `more` changes are not shown."""

    field: str
    parts: tuple[ChangePart, ...]
    language: str = ""
    direction: str = "ltr"
    more: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """What a development says anew: names, places and numbers (none where nothing can be named), and the
    sentence that says most of it.

    It is None where only the title says that, or a quotation of the story is the sentence.
    """

    named: tuple[str, ...] = ()
    sentence: Quote | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One story as a message shows it; `time` is what the reader's zone calls the moment `published`.

    `edited` says that it is told as the edit of an article, with `changes` as far as they are known. `picture` is the
    address of its picture, for channels whose readers want it: mails load nothing from elsewhere. `develops` says that
    it is told as how a story goes on that its reader knows, with what is new of it as its `news`; one with `news` alone
    goes on since it began in the same message. `spread` says who else has it
    (`14 outlets in 5 languages`) where several do, and `burst` that it spreads far faster than usual; empty where that
    is not to be said. `further` are other articles of it that the same message tells with their own words: how it went
    on before or began, and edits.
    """

    title: Quote
    outlet: str
    time: str
    link: str
    quotes: tuple[Quote, ...]
    rules: tuple[str, ...]
    others: tuple[OtherOutlet, ...] = ()
    more_others: int = 0
    rank: int = 0  # 0 is the first of its message
    published: datetime | None = None
    edited: bool = False
    changes: tuple[TextChange, ...] = ()
    picture: str = ""
    develops: bool = False
    spread: str = ""
    burst: str = ""
    story_id: int = 0
    news: News = News()
    further: tuple[Story, ...] = ()

    @property
    def novelty(self) -> str:
        """What a message says of what is new of it, before that is named."""
        return "Probably new in a story that you know" if self.develops else "Probably new since the story began"

    def limited(self, others: int) -> Story:
        """Return the story with at most so many other outlets named, and so many further articles told."""
        left_out = len(self.others[others:]) + len(self.further[others:])
        more = self.more_others + left_out
        return replace(self, others=self.others[:others], further=self.further[:others], more_others=more)


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many articles a rule found on a day (`Mon`), as people write it; `share` is in percent of the fullest day."""

    day: str
    count: str
    share: int


@dataclass(frozen=True, slots=True)
class StoryGroup:
    """The stories of a digest under one rule; `count` also counts those that the mail has no room for.

    `week` is what the rule found on each of the last seven days, today being the last; empty where that is not drawn.
    """

    rule: str
    stories: tuple[Story, ...]
    count: int = 1
    week: tuple[DayCount, ...] = ()

    def limited(self, stories: int, others: int) -> StoryGroup:
        """Return the group with those of its stories that are among so many first of the mail."""
        return replace(self, stories=tuple(one.limited(others) for one in self.stories if one.rank < stories))

    def other_rules(self, story: Story) -> str:
        """Return the names of the other rules that matched a story of this group."""
        return ", ".join(rule for rule in story.rules if rule != self.rule)


@dataclass(frozen=True, slots=True)
class RuleNote:
    """A rule that a mail names, its query, and the file to change it in."""

    name: str
    file: str
    query: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """Which delivery a view is of, and who tells whom.

    `key` is the delivery's key: recipient, thread and sequence. `message_id` (`<hash@domain>`) derives from the key and
    identifies the message to its receiver. `sender_address` is in ASCII; `date` is when the message is made, and
    `timezone` the reader's. `parent` is what the channel's service calls the message to which this one is a reply (its
    receipt's id, in mail its Message-ID), empty for none, and `parent_subject` the subject of that.
    """

    key: tuple[str, str, int]
    kind: Kind
    message_id: str
    sender_name: str
    sender_address: str
    date: datetime
    timezone: str = "UTC"
    parent: str = ""
    parent_subject: str = ""

    @property
    def recipient(self) -> str:
        """Who is told: a mail address, or the name of a recipient with another address."""
        return self.key[0]


@dataclass(frozen=True, slots=True)
class View:
    """Everything that one message tells, for a channel to render in its own form.

    `layout` is `alert` (one story), `digest` or `notice`. `from_name` names the rules and outlet of a single story; the
    sender's name stands for it where it is empty. `hidden` counts the stories that are not laid out. `rule_names` are
    all rules of the delivery, `rules` those that are explained, and `outlets` the names of outlets as configured,
    in the order of their `outlet_titles`.
    `operator` can change what is told, and is asked before where several people read it (`shared`).
    `bursts` say which rules find far more than usual, and `watched` are the lines at the end of a digest about what was
    watched. `templates` are the texts of templates by their names that stand for the shipped ones.
    """

    envelope: Envelope
    layout: str
    subject: str
    preheader: str
    zone: str
    groups: tuple[StoryGroup, ...] = ()
    from_name: str = ""
    intro: str = ""
    hidden: int = 0
    rules: tuple[RuleNote, ...] = ()
    more_rules: int = 0
    operator: tuple[str, ...] = ()
    shared: bool = False
    paragraphs: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    outlet_titles: tuple[str, ...] = ()
    rule_names: tuple[str, ...] = ()
    bursts: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()
    templates: tuple[tuple[str, str], ...] = ()

    @property
    def story(self) -> Story:
        """The story of a message that has only one."""
        return self.groups[0].stories[0]

    @property
    def stories(self) -> tuple[Story, ...]:
        """The stories that are laid out, in the order of their ranks."""
        return tuple(sorted((story for group in self.groups for story in group.stories), key=lambda one: one.rank))

    @property
    def story_count(self) -> int:
        """The number of stories that are laid out."""
        return sum(len(group.stories) for group in self.groups)

    def limited(self, stories: int, others: int) -> View:
        """Return the view with so many of its first stories and so many other outlets under each; `hidden` grows."""
        groups = tuple(group for one in self.groups if (group := one.limited(stories, others)).stories)
        limited_view = replace(self, groups=groups)
        return replace(limited_view, hidden=self.hidden + self.story_count - limited_view.story_count)
