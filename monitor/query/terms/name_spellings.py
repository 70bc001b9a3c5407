"""Prepare the forms of a name for matching: as canonical words, with the capitals and languages that they need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from monitor.model import Form
from monitor.query.document import DocumentText
from monitor.query.matchers import TriggerGroup
from monitor.query.terms.evidence_without_capitals import WITHOUT_CAPITALS
from monitor.query.terms.gaps import signs_between_words
from monitor.query.terms.word_terms import Languages, counts_in
from monitor.query.weights import trigger_share
from monitor.text import plain_word, tokenize
from monitor.text.forms import cyrillic
from monitor.text.forms.korean_names import ROMANISED
from monitor.text.forms.languages import SCRIPTS_WITHOUT_FORMS
from monitor.text.forms.name_endings import AMBIGUOUS_POSSESSIVES, AMBIGUOUS_SLOVAK_POSSESSIVES
from monitor.text.forms.particles import SMALL_WORDS, UNCAPITALISED
from monitor.text.forms.person_names import SURNAME
from monitor.text.forms.readings import READINGS, is_read
from monitor.text.forms.script import script_of
from monitor.text.forms.spellings import GUESS, GUESS_CONFIDENCE

SUFFICIENT = 0.6
"""A form with less confidence counts only with a second signal; own threshold."""

_GIVEN_NAME = 0.9
"""The confidence of the given names of our table."""
_CAPITAL = (True,)
_POSSESSIVES = {"cs": AMBIGUOUS_POSSESSIVES, "sk": AMBIGUOUS_SLOVAK_POSSESSIVES}
_CASES = ("ru case", "uk case", ", particle")
_EAST_SLAVIC = frozenset({"ru", "uk"})
_CYRILLIC = cyrillic.LANGUAGES | {code for code, script in SCRIPTS_WITHOUT_FORMS.items() if script == "cyrillic"}
# Makes a NameSpelling without the Python-level constructor, for speed: a name has a hundred forms.
_new_tuple = tuple.__new__
# Chinese characters and katakana, each a word; as they are canonical, tokenising them would only cost time.
_unspaced = re.compile("[ァ-ヺー一-鿿]+").fullmatch


class NameSpelling(NamedTuple):
    """One form as tokens: its languages, which tokens need a capital, and its confidence."""

    tokens: tuple[str, ...]
    languages: Languages = None
    capitals: tuple[bool, ...] = ()
    confidence: float = 1.0
    partial: bool = False
    common: bool = False
    is_reading: bool = False
    """Whether its tokens but for the first one stand for any word that is read so: 张 you xia, Wi 성 락."""
    signs: str = ""
    """The signs between its words that would end another name: & of Johnson & Johnson."""
    is_case: bool = False
    """Whether it is a Russian or Ukrainian case other than the nominative, and so no subject of a verb, or has a
    Korean or Hebrew particle."""
    is_proof_in_small_letters: bool = False
    """Whether it is a name that is no ordinary word of Russian or Ukrainian: самсунгом."""
    is_transliterated: bool = False
    """Whether it is spelled by our tables of letters and sounds, or a case of such a spelling."""
    is_possessive: bool = False
    """Whether it has the end of a Czech or Slovak possessive, which its unmarked vowel tells from a woman's surname:
    Babišova."""

    @property
    def is_sufficient(self) -> bool:
        """Whether it counts without a second signal."""
        return self.confidence >= SUFFICIENT

    @property
    def is_uncapitalised_guess(self) -> bool:
        """Whether it is a spelling by sound in a script without capitals, which needs marks that others do not have."""
        return not self.is_sufficient and script_of(self.tokens[0]) in WITHOUT_CAPITALS and not self.is_reading

    @property
    def must_be_whole(self) -> bool:
        """Whether no letters of a longer name may touch it: a guess, or a name of our tables: 马克, ジョン.

        What is taken away (马里兰 from Mali) is so within 马里兰州, too.
        """
        if not self.confidence:
            return False
        if self.is_uncapitalised_guess:
            return True
        is_listed = self.confidence <= _GIVEN_NAME and not (self.is_reading or self.is_transliterated)
        return is_listed and script_of(self.tokens[0]) in ("han", "kana")

    @property
    def is_latin(self) -> bool:
        """Whether it is in Latin letters."""
        return script_of(self.tokens[0]) == "latin"

    @property
    def is_guess(self) -> bool:
        """Whether it counts no more than a guess: transliterated, a rarer case form, or a surname alone."""
        return self.confidence <= GUESS_CONFIDENCE

    @property
    def may_be_function_word(self) -> bool:
        """Whether it is no name where the article's language has it as a function word: a guess or a surname alone."""
        return self.is_transliterated or self.partial

    @property
    def excludes(self) -> bool:
        """Whether it is another name, inside which nothing counts: 俄罗斯 (Russia) in 白俄罗斯 (Belarus)."""
        return self.confidence <= 0


def name_spelling(form: Form, *, several: bool = False) -> NameSpelling | None:
    """Return a form prepared for matching, or None where it has no words.

    `several` tells that the name has several words, so that a weak form may be its surname alone.
    """
    text, language, source, confidence, capital, common = form
    languages = _language(language) if language else None
    partial = (several or source == SURNAME) and 0 < confidence < SUFFICIENT and not source.startswith(ROMANISED)
    if token := plain_word(text):
        # The fast path: most forms are one plain word, and a rule has a hundred of them.
        capitals = _CAPITAL if capital else ()
        is_case = source.endswith(_CASES)
        is_proof = not capital and text[0].isupper()
        is_possessive = language in _POSSESSIVES and text.endswith(_POSSESSIVES[language])
        signs = (False, "", is_case, is_proof, source.startswith(GUESS), is_possessive)
        return _new_tuple(NameSpelling, ((token,), languages, capitals, confidence, partial, common, *signs))
    if source in READINGS:
        words = tuple(tokenize(text).words)
        return NameSpelling(words, languages, _capitals_of_reading(words, capital=capital), confidence, is_reading=True)
    if _unspaced(text):
        return NameSpelling(tuple(text), languages, (), confidence, partial and source == SURNAME)
    tokens = tokenize(text)
    if not tokens.words:
        return None
    upper = tuple(capital and text[start].isupper() for start, _ in tokens.spans)
    if sum(upper) > 1:
        upper = tuple(due and word not in UNCAPITALISED for due, word in zip(upper, tokens.words, strict=True))
    if capital and not any(upper):
        upper = (True, *upper[1:])
    partial = partial and (len(tokens.words) == 1 or source == SURNAME)
    due = upper if any(upper) else ()
    return NameSpelling(
        tuple(tokens.words),
        languages,
        due,
        confidence,
        partial,
        signs=signs_between_words(text),
        is_proof_in_small_letters=not capital and text[:1].isupper(),
        is_transliterated=source.startswith(GUESS),
    )


def _capitals_of_reading(words: tuple[str, ...], *, capital: bool) -> tuple[bool, ...]:
    """Return which words of a form that is read need a capital: all but an Arabic article and the like, or none."""
    return tuple(capital and word not in SMALL_WORDS for word in words)


def has_several_words(name: str) -> bool:
    """Tell whether a name has more than one word; Chinese and katakana without a space or dot are one."""
    return not _unspaced(name.strip()) and len(tokenize(name).words) > 1


def form_words(form: Form) -> tuple[str, ...]:
    """Return the canonical words of a form that stand in a text as they are, without tokens that are only read."""
    text = form.text
    if token := plain_word(text):
        return (token,)
    words = tuple(text) if _unspaced(text) else tuple(tokenize(text).words)
    return words[:1] if form.source in READINGS else words


def trigger_words(forms: Iterable[tuple[float, tuple[str, ...]]]) -> TriggerGroup:
    """Return one word of each form, given as its confidence and words, but for forms that are other names.

    These are as few distinct words as possible, the rarer ones where there is a choice.
    """
    chosen: dict[str, None] = {}
    phrases: list[tuple[int, float, tuple[str, ...]]] = []
    for confidence, words in forms:
        if confidence <= 0 or not words:
            continue
        if len(words) == 1:
            chosen[words[0]] = None
        else:
            phrases.append((-len(words), -confidence, words))
    for _, _, words in sorted(phrases):
        if chosen.keys().isdisjoint(words):
            chosen[min(words, key=trigger_share)] = None
    return tuple(chosen)


def name_counts_in(spelling: NameSpelling, language: str) -> bool:
    """Tell whether a spelling counts in an article of this language, which is empty where unknown.

    Russian and Ukrainian cases of a name, which need a capital, count where the language has no Cyrillic words of its
    own, since outlets label their articles with languages of all kinds; in Bulgarian, Борисова is no case of Борисов,
    but a woman. Czech cases count in Slovak articles, since most endings are the same.
    """
    languages = spelling.languages
    if counts_in(languages, language) or (language == "sk" and counts_in(languages, "cs")):
        return True
    is_name = bool(spelling.capitals) or spelling.is_proof_in_small_letters
    is_case = is_name and languages is not None and not languages.isdisjoint(_EAST_SLAVIC)
    return is_case and language not in _CYRILLIC


def stands_at(each: NameSpelling, position: int, text: DocumentText) -> bool:
    """Tell whether the other tokens of a form follow its first one, which stands at a position."""
    following = enumerate(each.tokens[1:], 1)
    if each.is_reading:
        return all(is_read(text.word_at(position + offset), syllable) for offset, syllable in following)
    return len(each.tokens) == 1 or all(text.word_at(position + offset) == token for offset, token in following)


def takes_cases_in(language: str) -> bool:
    """Tell whether Cyrillic words in articles of a language are Russian or Ukrainian, as far as it tells."""
    return language in _EAST_SLAVIC or language not in _CYRILLIC


@cache
def _language(code: str) -> frozenset[str]:
    return frozenset((code.lower().partition("-")[0],))
