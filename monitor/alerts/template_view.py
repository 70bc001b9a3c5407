"""What the templates read: the frozen parts of a mail, and how they are narrowed where a mail has no room for all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.alerts.quotes import Quote


@dataclass(frozen=True, slots=True)
class Other:
    """The same story at another outlet."""

    outlet: str
    time: str
    link: str
    title: Quote


@dataclass(frozen=True, slots=True)
class Story:
    """One story as a mail shows it."""

    title: Quote
    outlet: str
    time: str
    link: str
    quotes: tuple[Quote, ...]
    rules: tuple[str, ...]
    others: tuple[Other, ...] = ()
    more_others: int = 0
    rank: int = 0  # 0 is the newest of its mail

    def narrowed(self, others: int) -> Story:
        """The story with at most so many other outlets named."""
        left_out = len(self.others[others:])
        return replace(self, others=self.others[:others], more_others=self.more_others + left_out)


@dataclass(frozen=True, slots=True)
class Group:
    """The stories of a digest that one rule leads; `count` also counts those that the mail has no room for."""

    rule: str
    stories: tuple[Story, ...]
    count: int = 1

    def narrowed(self, stories: int, others: int) -> Group:
        """The group with those of its stories that are among so many newest of the mail."""
        return replace(self, stories=tuple(one.narrowed(others) for one in self.stories if one.rank < stories))

    def also(self, story: Story) -> str:
        """The other rules that found a story of this group."""
        return ", ".join(rule for rule in story.rules if rule != self.rule)


@dataclass(frozen=True, slots=True)
class RuleNote:
    """A rule that is answered, and where to change it."""

    name: str
    file: str
    query: str


@dataclass(frozen=True, slots=True)
class MailView:
    """Everything that the templates read; `layout` names the one to use."""

    layout: str
    subject: str
    preheader: str
    zone: str
    groups: tuple[Group, ...] = ()
    intro: str = ""
    hidden: int = 0
    rules: tuple[RuleNote, ...] = ()
    more_rules: int = 0
    operator: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()

    @property
    def story(self) -> Story:
        """The story of a mail that tells one."""
        return self.groups[0].stories[0]

    @property
    def told(self) -> int:
        """How many stories are laid out."""
        return sum(len(group.stories) for group in self.groups)

    def narrowed(self, stories: int, others: int) -> MailView:
        """The mail with the so many newest stories and so many other outlets under each; the rest is counted."""
        groups = tuple(group for one in self.groups if (group := one.narrowed(stories, others)).stories)
        kept = replace(self, groups=groups)
        return replace(kept, hidden=self.hidden + self.told - kept.told)
