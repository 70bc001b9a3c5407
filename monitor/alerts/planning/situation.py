"""Define what planning starts from, the situation of one transaction, and what it decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.alerts.mutes import Mutes
from monitor.alerts.schedule import DAY
from monitor.alerts.time_text import is_day
from monitor.model import Alert, Match, Route
from monitor.silence_values import Silence
from monitor.story_values import Relation

FRESH = timedelta(hours=24)  # a summary of a first poll, new rule or new recipient holds articles of at most this age


@dataclass(frozen=True, slots=True)
class MatchedArticle:
    """One article version and the rules that it satisfied.

    `seen` is when any version of the article was first seen. `first_poll`: it matched because of a feed's first poll, a
    new rule or a new recipient, not because it is new. `during_outage`: it was published while we did not run.
    `backfilled`: it came with the past of its outlet, of which alerts were asked for.
    `is_edit`: its outlet changed the article, since its version `edit_of` (0: since the one before); `known_rules` are
    those that found a version before, and `lost_rules` those of them that have a match only because they ask for edits.
    `is_taken` says that the edit is another article at its address. `relation` is what it is to its story.
    """

    article_id: int
    story_id: int
    version: int
    outlet: str
    published: datetime | None
    seen: datetime
    first_poll: bool
    matches: tuple[Match, ...]
    during_outage: bool = False
    is_edit: bool = False
    edit_of: int = 0
    known_rules: frozenset[str] = frozenset()
    lost_rules: frozenset[str] = frozenset()
    backfilled: bool = False
    is_taken: bool = False
    relation: Relation = Relation.FIRST

    @property
    def is_old(self) -> bool:
        """Whether it was older than 24 hours when first seen, and not because we did not run."""
        return not self.during_outage and latest_publication(self.published, self.seen) < self.seen - FRESH


@dataclass(frozen=True, slots=True)
class PlanningInput:
    """All that planning depends on.

    `routes` are by rule; a rule that is not in it is not active. `alerted` holds every (recipient, story) of any
    delivery, waiting or final, and `new_rules` each (recipient, story, rule) of these whose rule told nothing of it.
    `waiting_older` holds those of them that only wait in a digest of older articles which still takes items, with its
    due time; `waiting_digests`, where a rule is urgent or new or an article says something new, those that only
    wait in any digest. `counts` are the alerts
    planned at once in the last hour, by recipient.
    `sequences` gives the sequence in which a (recipient, thread) takes items: that of a delivery which still waits
    without finished bytes, else one more than the last; 0 for a new thread. It must hold the digest and overflow
    threads of the last two days, and those of slots to come, so that a slot that was sent is not used again.
    `summary` is the batch id (one start or reload) that first polls, new rules and new recipients share; `outage` the
    end of our own outage while its news is collected; `backfill` when the past was asked for. All wait for outlets that
    do not answer until `summary_due`, not longer.
    `told_articles` holds every (recipient, article) of any delivery, of articles that say something new, were edited or
    have new rules;
    `told_changes` holds every (recipient, article) whose edit changes what that of another article of its story did, of
    which the recipient was told. `says` has for articles that copy or tell again a development which one that is, and
    `told_developments` every (recipient, development) of these of which any delivery tells, itself or by another that
    says the same; `mutes` are those in force.
    """

    now: datetime
    matched: tuple[MatchedArticle, ...] = ()
    routes: Mapping[str, tuple[Route, ...]] = field(default_factory=dict)
    alerted: frozenset[tuple[str, int]] = frozenset()
    counts: Mapping[str, int] = field(default_factory=dict)
    sequences: Mapping[tuple[str, str], int] = field(default_factory=dict)
    summary: str = ""
    summary_due: datetime | None = None
    outage: str = ""
    backfill: str = ""
    waiting_older: Mapping[tuple[str, int], datetime] = field(default_factory=dict)
    waiting_digests: Mapping[tuple[str, int], datetime] = field(default_factory=dict)
    new_rules: frozenset[tuple[str, int, str]] = frozenset()
    told_articles: frozenset[tuple[str, int]] = frozenset()
    told_changes: frozenset[tuple[str, int]] = frozenset()
    says: Mapping[int, int] = field(default_factory=dict)
    told_developments: frozenset[tuple[str, int]] = frozenset()
    mutes: Mutes = field(default_factory=Mutes)


@dataclass(frozen=True, slots=True)
class AlertPlan:
    """Every match of the input, as an item of an alert or as a silence with its reason."""

    alerts: tuple[Alert, ...]
    silences: tuple[Silence, ...]


@dataclass(frozen=True, slots=True)
class RoutedMatch:
    """One match and one of its recipients; `relation` is what the article is to the story as they know it."""

    matched: MatchedArticle
    match: Match
    route: Route
    relation: Relation

    def silence(self, reason: str) -> Silence:
        return Silence(self.route.recipient, self.match.rule, self.matched.article_id, reason)


def latest_publication(published: datetime | None, seen: datetime) -> datetime:
    """Return when an article was published at the latest: a date without a time is its day's end, none is `seen`."""
    if published is None:
        return seen
    return published + DAY if is_day(published) else published
