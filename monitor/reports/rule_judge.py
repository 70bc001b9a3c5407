"""Ask rules about one article after the other: what each says of it now, by which forms, or why it does not match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.config import Config
from monitor.model import Article, Match
from monitor.query import Document, Failure, FormTrace, FormTracer, document, explain_failure
from monitor.steps.past_matches import outlet_of


class RuleStanding(StrEnum):
    """Whether a rule is matched: it is active, switched off, or no longer in the files."""

    ACTIVE = "active"
    INACTIVE = "not active"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What a rule says of an article now: its match, or the smallest parts of its query that failed.

    `matched_versions` are the versions that it found when they came. A rule that is not active says nothing now.
    `forms` are those that the match found.
    """

    rule: str
    match: Match | None
    failures: tuple[Failure, ...]
    matched_versions: tuple[int, ...]
    standing: RuleStanding = RuleStanding.ACTIVE
    forms: tuple[FormTrace, ...] = ()


class RuleJudge:
    """Asks the rules of a configuration; what a rule looks for is worked out once for all articles."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._tracers: dict[str, FormTracer] = {}

    def verdicts(
        self, article: Article, rules: Sequence[str], matches: Mapping[int, Sequence[Match]], now: datetime
    ) -> list[RuleVerdict]:
        """Return what each rule says of an article now; `matches` are those of its versions when they came."""
        text = document(article, outlet_of(self.config, article))
        verdicts = []
        for name in rules:
            compiled = self.config.compiled.get(name)
            match = compiled.match(text, now) if compiled else None
            failures = explain_failure(compiled, text, now) if compiled and not match else ()
            versions = (version for version, found in matches.items() if any(one.rule == name for one in found))
            forms = self._found_forms(compiled.text, text, now) if compiled and match else ()
            verdicts.append(RuleVerdict(name, match, failures, tuple(versions), self._standing(name), forms))
        # Rules that match come first, and rules that are not active last.
        return sorted(verdicts, key=lambda verdict: (verdict.match is None, verdict.standing != RuleStanding.ACTIVE))

    def _found_forms(self, query: str, text: Document, now: datetime) -> tuple[FormTrace, ...]:
        if query not in self._tracers:
            self._tracers[query] = FormTracer(query, self.config.scope)
        return tuple(trace for trace in self._tracers[query].trace(text, now) if trace.outcome == "found")

    def _standing(self, name: str) -> RuleStanding:
        if name in self.config.compiled:
            return RuleStanding.ACTIVE
        return RuleStanding.INACTIVE if name in self.config.rules else RuleStanding.GONE
