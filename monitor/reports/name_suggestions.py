"""Propose spellings of watched names that stored articles show and no form finds; nothing is added by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.articles.spelling_proposals import Mention, Proposal
from monitor.config import Config
from monitor.query import names_of
from monitor.steps.name_evidence import NameReader
from monitor.steps.past_matches import Span
from monitor.store import Store
from monitor.text import canonical, clean
from monitor.text.shell_words import shell_word
from monitor.text.similar_names import nearest_name

# More than difflib's 0.6, by which Macri is like Macron.
_MUCH_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class SuggestedSpelling:
    """A spelling that may be the name's: why, how often and where it stands, one sentence with it, and the commands.

    `confidence` is from 0 to 1; `also_finds` are words of the articles that are its case forms; `counts_in` are the
    languages in whose articles it counts already. `accept` adds it to `names.yaml`, `refuse` keeps it from being
    proposed again.
    """

    spelling: str
    languages: tuple[str, ...]
    confidence: float
    reasons: tuple[str, ...]
    articles: int
    outlets: int
    also_finds: tuple[str, ...]
    sentence: str
    outlet: str
    seen: datetime
    accept: str
    refuse: str
    counts_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameSuggestions:
    """The spellings that are proposed for a name, the surest first, and how many articles have it and were read."""

    name: str
    spellings: tuple[SuggestedSpelling, ...]
    with_name: int
    read: int


def watched_names(config: Config) -> list[str]:
    """Return the names that active rules look for, also in their lists and saved rules, each once."""
    found = (name for rule in config.compiled.values() for name in names_of(rule.text, config.scope))
    return list({canonical(name): name for name in found}.values())


def suggest_spellings(
    store: Store, config: Config, names: Sequence[str], span: Span, now: datetime
) -> Iterator[NameSuggestions]:
    """Yield for each name the spellings that stored articles first seen in the span speak for.

    Forms that were not known before are kept on disk.
    """
    reader = NameReader(store, config, names, now)
    config.memo.form_lookup.save()
    for name in names:
        before = reader.read
        proposals, with_name = reader.proposals(name, span)
        spellings = tuple(_suggested(config, name, proposal) for proposal in proposals)
        yield NameSuggestions(name, spellings, with_name, reader.read - before)


def meant_name(config: Config, name: str) -> str:
    """Return the name of a rule or entry that is much like one that stands in none, or an empty string."""
    known = [*watched_names(config), *config.names, *(text for entry in config.names.values() for text in entry.also)]
    return "" if canonical(name) in map(canonical, known) else nearest_name(name, known, _MUCH_ALIKE)


def _suggested(config: Config, name: str, proposal: Proposal) -> SuggestedSpelling:
    shown = _shown(proposal)
    article = shown.article
    # The surname alone of somebody who is watched by his full name would find others of that surname.
    spelling = clean(" ".join(proposal.full.split()) if " " in name else proposal.spelling)
    new = "--new " if meant_name(config, name) else ""
    words = f"{new}{shell_word(name)} {shell_word(spelling)}"
    text = canonical(proposal.spelling)
    counts_in = {form.language for form in config.scope.names(name) if canonical(form.text) == text}
    languages = Counter(mention.article.language for mention in proposal.mentions)
    return SuggestedSpelling(
        spelling,
        tuple(language for language, _ in languages.most_common() if language),
        proposal.confidence,
        tuple(sign.value for sign in proposal.signs),
        len({mention.article.id for mention in proposal.mentions}),
        len({mention.article.outlet for mention in proposal.mentions}),
        tuple(map(clean, proposal.forms)),
        clean(article.sentence(shown.place)),
        article.outlet,
        article.when,
        f"monitor names also {words}",
        f"monitor names not --suggested {words}",
        tuple(sorted(counts_in - {""})),
    )


def _shown(proposal: Proposal) -> Mention:
    """Return the mention that is shown: one with the proposed spelling itself, with most signs."""
    same = [one for one in proposal.mentions if canonical(one.place.word) == canonical(proposal.spelling)]
    return max(same or proposal.mentions, key=lambda one: len(one.signs))
