"""Words, phrases, calls and regular expressions of a query come in, plans go out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from monitor.model import Form
from monitor.query.ast import Call, Node, Phrase, Regex, Word
from monitor.query.build_diagnostics import BuildDiagnostics
from monitor.query.diagnostics import Stop
from monitor.query.format import format_query
from monitor.query.matchers import Matcher
from monitor.query.scope import Scope, as_written
from monitor.query.terms.exact import LETTER, ExactSpelling
from monitor.query.terms.name_terms import SURE, NameInPhrase, NameSpelling, NameTerm, name_spelling
from monitor.query.terms.phrase import Adjacent, PhraseWithGaps
from monitor.query.terms.regex import Matching, RegexError
from monitor.query.terms.symbols import Symbol, as_symbol
from monitor.query.terms.word_terms import Choice, Languages, OneWord, Pattern
from monitor.text import is_designation, is_mixed, join_numbers, plain_word, tokenize

FARTHEST = 1_000
_SHORTEST = 3
_ANY, _ONE = "ꔀ", "ꔁ"
_TO_LETTERS = str.maketrans({"*": _ANY, "?": _ONE})
_TO_SIGNS = str.maketrans({_ANY: "*", _ONE: "?"})
_latin = re.compile("[A-Za-zÀ-ɏ]").search
_cyrillic = re.compile("[Ѐ-ԯ]").search
_tail = re.compile(r"\W*").match
# What stands before an apostrophe is looked for as it is: can't is also a form of can, which would cover the t as well.
_apostrophe = re.compile("['’‘‛ʼʹʻʽ`´＇′]").match


class _Forms(NamedTuple):
    """The forms of one word: single canonical words, and all of them where some have several words."""

    single: dict[str, Languages]
    all: tuple[NameSpelling, ...]


class Terms:
    """Makes the terms of one rule."""

    def __init__(self, scope: Scope, voice: BuildDiagnostics) -> None:
        self._scope = scope
        self._voice = voice

    def word(self, node: Word) -> Matcher:
        """A bare word."""
        text = node.text
        if self._scope.known(text):
            hint = f"name({text}) also finds its spellings in other scripts"
            self._voice.remarks.hint(f"{text} is a known name", self._voice.at(node), hint)
        if (plain := self._plain(text, text)) is not None:
            return plain
        self._point_out_mixed(text, node)
        return self._in_a_row(self._slots(text, node, text), node, 0, text)

    def phrase(self, node: Phrase) -> Matcher:
        """Words between quotation marks."""
        if node.slop > FARTHEST:
            self._voice.error(f"~{node.slop} is too far for a phrase", node, f"at most ~{FARTHEST}; or use PRE/n")
        words = [kept for word in node.words if (kept := _unasked(word))]
        together = not node.slop and self._scope.words is not as_written
        return self._spelled(node, join_numbers(words) if together else words, node.slop)

    def call(self, node: Call) -> Matcher:
        """name(), exact() and their kin."""
        if not tokenize(node.argument).words:
            self._voice.error(f"there is nothing to look for in {format_query(node)}", node, "write a word")
            raise Stop
        self._point_out_mixed(node.argument, node)
        return (
            ExactSpelling(node.function, node.argument, format_query(node))
            if node.function in LETTER
            else self._name(node)
        )

    def regex(self, node: Regex) -> Matcher:
        """A regular expression."""
        if set(node.flags) - {"i"}:
            self._voice.error(f"unknown flag in /…/{node.flags}", node, "only i (ignore case) is known")
            raise Stop
        try:
            return Matching(node.pattern, node.flags, format_query(node))
        except RegexError as error:
            hint = "no back-references, no look-around; repeat less"
            self._voice.error(f"the regular expression is refused: {str(error)[:200]}", node, hint)
            raise Stop from None

    def _name(self, node: Call) -> Matcher:
        several = len(tokenize(node.argument).words) > 1
        forms = self._scope.names(node.argument) or as_written(node.argument)
        made = [each for form in forms if (each := name_spelling(form, several=several)) is not None]
        plain = all(not each.capitals and each.confidence >= SURE for each in made)
        if not made:
            self._voice.error(f"{format_query(node)} has no form left", node, "see what its `not:` takes away")
            raise Stop
        return _of_spellings(made, format_query(node)) if plain else NameTerm(made, format_query(node))

    def _spelled(self, node: Node, words: Iterable[str], slop: int) -> Matcher:
        """Words that follow each other, each in any of its forms."""
        term = format_query(node)
        slots: list[Matcher] = []
        for word in words:
            if (plain := self._plain(word, term)) is not None:
                slots.append(plain)
                continue
            self._point_out_mixed(word, node)
            slots += self._slots(word, node, term)
        return self._in_a_row(slots, node, slop, term)

    def _in_a_row(self, slots: list[Matcher], node: Node, slop: int, term: str) -> Matcher:
        if len(slots) == 1:
            return slots[0]
        if not slots and (sign := as_symbol(term)):
            return Symbol(sign, term)
        if not slots:
            self._voice.error(f"there is nothing to look for in {term[:60]}", node, "write a word")
            raise Stop
        tokens = tuple(slot.token for slot in slots if isinstance(slot, OneWord))
        if len(tokens) == len(slots) and not slop:
            return Adjacent(tokens, term)
        return PhraseWithGaps(
            tuple(NameInPhrase.of(slot) if isinstance(slot, NameTerm) else slot for slot in slots), slop, term
        )

    def _slots(self, word: str, node: Node, term: str) -> list[Matcher]:
        """The terms of one written word: several where it has hyphens, apostrophes or no spaces."""
        if "*" in word or "?" in word:
            return self._wild(word, node, term)
        tokens = tokenize(word)
        if len(tokens) == 1 or (is_designation(word) and self._scope.words is not as_written):
            return [self._inflected(word, " ".join(tokens.words), term)]
        return [
            self._inflected(word[start:end], token, term)
            if len(token) >= _SHORTEST and end - start > 1 and not _apostrophe(word, end)
            else OneWord(token, term)
            for token, start, end in tokens
        ]

    def _inflected(self, word: str, token: str, term: str) -> Matcher:
        """A word in all its forms."""
        return _of_forms(self._learned(word, token), term)

    def _plain(self, word: str, term: str) -> Matcher | None:
        """A word of one common script in all its forms, None for any other text: of that, more is to be said."""
        known = self._scope.forms
        if (forms := known.get(word)) is None:
            if not (token := plain_word(word)):
                return None
            forms = known[word] = self._learned(word, word if token == word else token)
        return _of_forms(forms, term)

    def _learned(self, word: str, token: str) -> _Forms | str:
        words = self._scope.words
        return token if words is as_written else _forms(word, token, words(word))

    def _wild(self, word: str, node: Node, term: str) -> list[Matcher]:
        """A word with wildcards."""
        slots: list[Matcher] = []
        for token in tokenize(word.translate(_TO_LETTERS)).words:
            glob = token.translate(_TO_SIGNS)
            if "*" not in glob and "?" not in glob:
                slots.append(OneWord(glob, term))
            elif glob.strip("*") == "" and slots and isinstance(slots[-1], OneWord) and len(slots[-1].token) == 1:
                place = self._voice.at(node)
                self._voice.remarks.hint("“*” changes nothing after a script without spaces", place)
            else:
                self._check_wild(glob, node)
                slots.append(Pattern(glob, term))
        return slots

    def _check_wild(self, glob: str, node: Node) -> None:
        letters = len(glob.partition("*")[0].replace("?", ""))
        if "*" in glob and letters < _SHORTEST:
            hint = "write more of the word; ~3 after a phrase allows other words between"
            self._voice.error("“*” wants at least three letters before it", node, hint)
            raise Stop
        if not letters:
            self._voice.error("“?” alone is no word", node, "write a letter of the word")
            raise Stop

    def _point_out_mixed(self, text: str, node: Node) -> None:
        if text.isascii() or not (_latin(text) and _cyrillic(text)):
            return
        for token, start, end in tokenize(text):
            if is_mixed(text[start:end]):
                place = self._voice.at(node)
                message = f"“{text[start:end]}” mixes Latin and Cyrillic letters that look alike"
                self._voice.remarks.warn(message, place, f"it is read as {token}")


def _unasked(word: str) -> str:
    """A word of a phrase without the question marks at its end, which are punctuation there."""
    if "?" not in word:
        return word
    tail = _tail(word[::-1])
    end = len(word) - (tail.end() if tail else 0)
    return word[:end] + word[end:].replace("?", "")


def _forms(word: str, token: str, forms: tuple[Form, ...]) -> _Forms | str:
    """The forms of a word in canonical spelling, or that spelling alone; the word itself counts in every language."""
    written = tuple(token.split())
    several: dict[NameSpelling, None] = {NameSpelling(written): None} if len(written) > 1 else {}
    single: dict[str, Languages] = {} if several else {token: None}
    for form in forms:
        if form.text == word or (made := name_spelling(form)) is None:
            continue
        if len(made.tokens) > 1:
            several[made._replace(capitals=(), confidence=1.0)] = None
        else:
            _add(single, made.tokens[0], made.languages)
    if len(single) == 1 and not several:
        return token
    alone = [NameSpelling((token,), languages) for token, languages in single.items()] if several else []
    return _Forms(single, (*several, *alone))


def _add(single: dict[str, Languages], token: str, languages: Languages) -> None:
    """Add a form; one that counts everywhere wins over one that counts in some languages."""
    known = single.get(token, frozenset())
    single[token] = None if known is None or languages is None else known | languages


def _of_forms(forms: _Forms | str, term: str) -> Matcher:
    if isinstance(forms, str):
        return OneWord(forms, term)
    if forms.all:
        return NameTerm(forms.all, term)
    return Choice({token: ((term, languages),) for token, languages in forms.single.items()}, (term,))


def _of_spellings(made: list[NameSpelling], term: str) -> Matcher:
    """A name whose forms ask for nothing more than to be there."""
    if len(made) == 1 and made[0].languages is None:
        tokens = made[0].tokens
        return OneWord(tokens[0], term) if len(tokens) == 1 else Adjacent(tokens, term)
    return NameTerm(made, term)
