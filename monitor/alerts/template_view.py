"""Define the view that the mail templates read, and how it is limited where a mail has no room for all of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.alerts.quotes import Quote


@dataclass(frozen=True, slots=True)
class OtherOutlet:
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
    others: tuple[OtherOutlet, ...] = ()
    more_others: int = 0
    rank: int = 0  # 0 is the newest of its mail

    def limited(self, others: int) -> Story:
        """Return the story with at most so many other outlets named."""
        left_out = len(self.others[others:])
        return replace(self, others=self.others[:others], more_others=self.more_others + left_out)


@dataclass(frozen=True, slots=True)
class StoryGroup:
    """The stories of a digest under one rule; `count` also counts those that the mail has no room for."""

    rule: str
    stories: tuple[Story, ...]
    count: int = 1

    def limited(self, stories: int, others: int) -> StoryGroup:
        """Return the group with those of its stories that are among so many newest of the mail."""
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
class MailView:
    """Everything that the templates read; `layout` names the template; `hidden` counts the stories not laid out."""

    layout: str
    subject: str
    preheader: str
    zone: str
    groups: tuple[StoryGroup, ...] = ()
    intro: str = ""
    hidden: int = 0
    rules: tuple[RuleNote, ...] = ()
    more_rules: int = 0
    operator: tuple[str, ...] = ()
    reply_to: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()

    @property
    def story(self) -> Story:
        """The story of a mail that has only one."""
        return self.groups[0].stories[0]

    @property
    def story_count(self) -> int:
        """The number of stories that are laid out."""
        return sum(len(group.stories) for group in self.groups)

    def limited(self, stories: int, others: int) -> MailView:
        """Return the mail with so many of its newest stories and so many other outlets under each; `hidden` grows."""
        groups = tuple(group for one in self.groups if (group := one.limited(stories, others)).stories)
        limited_view = replace(self, groups=groups)
        return replace(limited_view, hidden=self.hidden + self.story_count - limited_view.story_count)
