"""Hold all that the message of a delivery is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.alerts.bursts import Burst
from monitor.alerts.digest_choice import Chosen
from monitor.alerts.digest_figures import DigestFigures
from monitor.model import Alert, Article, Item, Outlet
from monitor.story_values import StoryNews
from monitor.text.safe_text import header_text


@dataclass(frozen=True, slots=True)
class AlertContent:
    """A delivery with all that its message needs.

    `articles` holds the items' versions by article id; `outlets` outlets by name; `queries` and `files`, by rule, its
    query and its file within the configuration's folder. `installation` is a random text, drawn once per database, so
    that a new database does not repeat Message-IDs. `copies` holds, by story id, the first article of
    each outlet. By article id, `before` holds the versions that items are edits of, `pictures` addresses of pictures,
    and `news` what is new of those that tell how a story goes on.
    `parent` is what the channel's service calls the first message of the thread, and `parent_subject` its subject.
    `chosen` are the stories that it lays out, chosen from all articles where it is None; `figures` are what a digest
    tells beside them, and `bursts` are said by this message. `shared`: several people read what the recipient gets.
    `templates` are those of the configuration, by name.
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
    shared: bool = False
    installation: str = ""
    copies: Mapping[int, Sequence[Article]] = field(default_factory=dict)
    before: Mapping[int, Article] = field(default_factory=dict)
    parent: str = ""
    parent_subject: str = ""
    pictures: Mapping[int, str] = field(default_factory=dict)
    news: Mapping[int, StoryNews] = field(default_factory=dict)
    chosen: Chosen | None = None
    figures: DigestFigures = field(default_factory=DigestFigures)
    bursts: tuple[Burst, ...] = ()
    templates: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str, str, int]:
        """The delivery's key: recipient, thread, sequence."""
        return self.alert.recipient, self.alert.thread, self.alert.sequence

    def outlet_title(self, name: str) -> str:
        """Return an outlet's title as configured; its name if it is no longer configured."""
        outlet = self.outlets.get(name)
        return header_text(outlet.title if outlet and outlet.title else name, 80)


StoryItems = list[tuple[Item, Article]]
"""The items of a story with their articles; the first one is its main article."""
