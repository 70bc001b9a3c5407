"""Turn the words, phrases, functions and regular expressions of a query into matchers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from monitor.model import Form
from monitor.query.ast import Call, Node, Phrase, Regex, Word
from monitor.query.build_state import BuildState
from monitor.query.diagnostics import Stop
from monitor.query.format import format_query
from monitor.query.functions import TEXT_FUNCTIONS
from monitor.query.matchers import Matcher
from monitor.query.scope import Scope, as_written
from monitor.query.terms.name_spellings import NameSpelling, name_spelling, trigger_words
from monitor.query.terms.name_terms import NameInPhrase, NameTerm
from monitor.query.terms.phrase import Adjacent, PhraseWithGaps
from monitor.query.terms.regex import RegexError, RegexTerm
from monitor.query.terms.symbols import SymbolTerm, as_symbol
from monitor.query.terms.word_terms import AnyWord, Languages, OneWord, Wildcard
from monitor.text import is_designation, is_mixed, join_numbers, plain_word, tokenize

LARGEST_SLOP = 1_000
# Shorter stems would match too many words, and shorter parts of a word have no forms worth looking for.
_MIN_LETTERS = 3
# Two letters of the Vai script stand for the wildcards, which the tokenizer would take for punctuation.
_ANY_PLACEHOLDER, _ONE_PLACEHOLDER = "ꔀ", "ꔁ"
_TO_PLACEHOLDERS = str.maketrans({"*": _ANY_PLACEHOLDER, "?": _ONE_PLACEHOLDER})
_TO_WILDCARDS = str.maketrans({_ANY_PLACEHOLDER: "*", _ONE_PLACEHOLDER: "?"})
_latin = re.compile("[A-Za-zÀ-ɏ]").search
_cyrillic = re.compile("[Ѐ-ԯ]").search
_tail = re.compile(r"\W*").match
# The word before an apostrophe is not inflected: can't is a form of can, which would then also cover the t.
_apostrophe = re.compile("['’‘‛ʼʹʻʽ`´＇′]").match


class _WordForms(NamedTuple):
    """The forms of one word: those of a single token, and all forms where some consist of several tokens."""

    single: dict[str, Languages]
    all: tuple[NameSpelling, ...]


class TermBuilder:
    """Builds the matchers of one rule's terms."""

    def __init__(self, scope: Scope, state: BuildState) -> None:
        self._scope = scope
        self._state = state

    def word(self, node: Word) -> Matcher:
        """Return the matcher of a bare word; raises Stop where there is nothing to look for."""
        text = node.text
        if self._scope.known(text):
            hint = f"name({text}) also finds its spellings in other scripts"
            self._state.hint(f"{text} is a known name", node, hint)
        if (plain := self._plain_word(text, text)) is not None:
            return plain
        self._warn_of_mixed_scripts(text, node)
        return self._adjacent(self._slots(text, node, text), node, 0, text)

    def phrase(self, node: Phrase) -> Matcher:
        """Return the matcher of words between quotation marks; raises Stop where there is nothing to look for."""
        if node.slop > LARGEST_SLOP:
            self._state.error(f"~{node.slop} is too far for a phrase", node, f"at most ~{LARGEST_SLOP}; or use PRE/n")
        words = [stripped for word in node.words if (stripped := _without_question_marks(word))]
        together = not node.slop and self._scope.words is not as_written
        return self._sequence(node, join_numbers(words) if together else words, node.slop)

    def call(self, node: Call) -> Matcher:
        """Return the matcher of a function of a text; raises Stop where the text holds no word."""
        if not node.argument:
            # The parser has reported it.
            raise Stop
        term = format_query(node)
        if not tokenize(node.argument).words:
            self._state.error(f"there is nothing to look for in {term}", node, "write a word")
            raise Stop
        self._warn_of_mixed_scripts(node.argument, node)
        return TEXT_FUNCTIONS[node.function].build(node, term, self._scope, self._state)

    def regex(self, node: Regex) -> Matcher:
        """Return the matcher of a regular expression; raises Stop where the engine refuses it."""
        if set(node.flags) - {"i"}:
            self._state.error(f"unknown flag in /…/{node.flags}", node, "only i (ignore case) is known")
            raise Stop
        try:
            return RegexTerm(node.pattern, node.flags, format_query(node))
        except RegexError as error:
            hint = "no back-references, no look-around; repeat less"
            self._state.error(f"the regular expression is refused: {str(error)[:200]}", node, hint)
            raise Stop from None

    def _sequence(self, node: Node, words: Iterable[str], slop: int) -> Matcher:
        """Return the matcher of words in this order, each in any of its forms."""
        term = format_query(node)
        slots: list[Matcher] = []
        for word in words:
            if (plain := self._plain_word(word, term)) is not None:
                slots.append(plain)
                continue
            self._warn_of_mixed_scripts(word, node)
            slots += self._slots(word, node, term)
        return self._adjacent(slots, node, slop, term)

    def _adjacent(self, slots: list[Matcher], node: Node, slop: int, term: str) -> Matcher:
        if len(slots) == 1:
            return slots[0]
        if not slots and (sign := as_symbol(term)):
            return SymbolTerm(sign, term)
        if not slots:
            self._state.error(f"there is nothing to look for in {term[:60]}", node, "write a word")
            raise Stop
        tokens = tuple(slot.token for slot in slots if isinstance(slot, OneWord))
        if len(tokens) == len(slots) and not slop:
            return Adjacent(tokens, term)
        return PhraseWithGaps(
            tuple(NameInPhrase.of(slot) if isinstance(slot, NameTerm) else slot for slot in slots), slop, term
        )

    def _slots(self, word: str, node: Node, term: str) -> list[Matcher]:
        """Return the matchers of one written word: several where it is made of several tokens."""
        if "*" in word or "?" in word:
            return self._wildcards(word, node, term)
        tokens = tokenize(word)
        if len(tokens) == 1 or (is_designation(word) and self._scope.words is not as_written):
            return [self._inflected(word, " ".join(tokens.words), term)]
        return [
            self._inflected(word[start:end], token, term)
            if len(token) >= _MIN_LETTERS and end - start > 1 and not _apostrophe(word, end)
            else OneWord(token, term)
            for token, start, end in tokens
        ]

    def _inflected(self, word: str, token: str, term: str) -> Matcher:
        """Return the matcher of a word in all its forms."""
        return _forms_matcher(self._forms_of(word, token), term)

    def _plain_word(self, word: str, term: str) -> Matcher | None:
        """Return the matcher of a word of one common script, or None for any other text, which needs closer reading."""
        cache = self._scope.forms_cache
        if (forms := cache.get(word)) is None:
            if not (token := plain_word(word)):
                return None
            forms = cache[word] = self._forms_of(word, word if token == word else token)
        return _forms_matcher(forms, term)

    def _forms_of(self, word: str, token: str) -> _WordForms | str:
        words = self._scope.words
        return token if words is as_written else _word_forms(word, token, words(word))

    def _wildcards(self, word: str, node: Node, term: str) -> list[Matcher]:
        """Return the matchers of a word with wildcards."""
        slots: list[Matcher] = []
        for token in tokenize(word.translate(_TO_PLACEHOLDERS)).words:
            glob = token.translate(_TO_WILDCARDS)
            if "*" not in glob and "?" not in glob:
                slots.append(OneWord(glob, term))
            elif glob.strip("*") == "" and slots and isinstance(slots[-1], OneWord) and len(slots[-1].token) == 1:
                self._state.hint("“*” changes nothing after a script without spaces", node)
            else:
                self._check_wildcard(glob, node)
                slots.append(Wildcard(glob, term))
        return slots

    def _check_wildcard(self, glob: str, node: Node) -> None:
        letters = len(glob.partition("*")[0].replace("?", ""))
        if "*" in glob and letters < _MIN_LETTERS:
            hint = "write more of the word; ~3 after a phrase allows other words between"
            self._state.error("“*” wants at least three letters before it", node, hint)
            raise Stop
        if not letters:
            self._state.error("“?” alone is no word", node, "write a letter of the word")
            raise Stop

    def _warn_of_mixed_scripts(self, text: str, node: Node) -> None:
        if text.isascii() or not (_latin(text) and _cyrillic(text)):
            return
        for token, start, end in tokenize(text):
            if is_mixed(text[start:end]):
                message = f"“{text[start:end]}” mixes Latin and Cyrillic letters that look alike"
                self._state.warn(message, node, f"it is read as {token}")


def _without_question_marks(word: str) -> str:
    """Strip the question marks at the end of a word in a phrase, where they are punctuation."""
    if "?" not in word:
        return word
    tail = _tail(word[::-1])
    end = len(word) - (tail.end() if tail else 0)
    return word[:end] + word[end:].replace("?", "")


def _word_forms(word: str, token: str, forms: tuple[Form, ...]) -> _WordForms | str:
    """Return the forms of a word in canonical spelling, or only the token where it has no others.

    The token itself counts in articles of every language.
    """
    written = tuple(token.split())
    multiword: dict[NameSpelling, None] = {NameSpelling(written): None} if len(written) > 1 else {}
    single: dict[str, Languages] = {} if multiword else {token: None}
    for form in forms:
        if form.text == word or (spelling := name_spelling(form)) is None:
            continue
        if len(spelling.tokens) > 1:
            multiword[spelling._replace(capitals=(), confidence=1.0)] = None
        else:
            only, languages = spelling.tokens[0], spelling.languages
            known = single.get(only, frozenset())
            # Counting in all languages includes counting in some.
            single[only] = None if known is None or languages is None else known | languages
    if len(single) == 1 and not multiword:
        return token
    alone = [NameSpelling((token,), languages) for token, languages in single.items()] if multiword else []
    return _WordForms(single, (*multiword, *alone))


def _forms_matcher(forms: _WordForms | str, term: str) -> Matcher:
    if isinstance(forms, str):
        return OneWord(forms, term)
    if forms.all:
        triggers = trigger_words((each.confidence, each.tokens) for each in forms.all)
        return NameTerm(triggers, lambda: forms.all, term)
    return AnyWord({token: ((term, languages),) for token, languages in forms.single.items()}, (term,))
