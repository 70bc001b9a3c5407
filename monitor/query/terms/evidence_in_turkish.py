"""Judge in Turkish articles whether an ordinary word with a capital is a name: Kırk (forty) is Kirk in folded letters.

Names take their suffixes behind an apostrophe (Sarı'nın), which proves them. Own heuristic; the ordinary words are in
`ordinary-turkish-words.txt`.
"""

from __future__ import annotations

import re

from monitor.query.document import DocumentText
from monitor.query.terms.evidence import is_same_sentence, is_unexplained_capital, original_words
from monitor.query.terms.evidence_in_cyrillic import is_name
from monitor.text.forms.known_spellings import is_given_name
from monitor.text.forms.turkish_words import is_ordinary

LANGUAGE = "tr"
_NEAR_VERB = 4
_suffix = re.compile("['’‘ʼ`´′][a-zçğıöşüA-ZÇĞİÖŞÜ]").match
# Offices and titles, and verbs of saying, in folded letters. Own tables.
_office = re.compile(
    "(?:cumhur|bas)?(?:bakan|baskan)[iı]?$|(?:lider|vekil|milletvekil|komiser|elci|buyukelci|sekreter|kral|teknik|mudur|"
    "senator|vali|general|orgeneral|amiral|komutan|savci|yargic|sozcu|temsilci|danisman|aday|yardimci)(?:s?[iu])?$|"
    "(?:sayin|prof|dr|doc|av|hakim|senator|prens|papa|mustesar|hoca|iskadini|isadami|gazeteci|oyuncu|yazar)$"
).match
_says = re.compile(
    "(?:acikla|konus|soyle|belirt|vurgula|kaydet|duyur|bildir|anlat|uyar|yanitla|iddia|cevapla|elestir|savun)"
    "(?:[dt][iu]|[iu]yor)$|(?:ifade|iddia)$"
).match


def is_no_name(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether one word of an article is ordinary, spelled unlike the name itself, and without a sign of a name.

    Signs are a suffix behind an apostrophe, and within a sentence an office or a given name before it.
    """
    if not is_ordinary_word(start, end, text) or _has_suffix(end, text):
        return False
    return not (is_unexplained_capital(start, text) and (_has_office(start, text) or _has_given_name(start, text)))


def is_ordinary_word(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether a form in a Turkish article is one ordinary word there."""
    return text.document.language == LANGUAGE and end - start == 1 and is_ordinary(original_words(start, end, text))


def is_turkish_name(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether an ordinary word in the very letters of the name is the name here, as at the start of a sentence.

    A capital within a sentence shows it, and one of the word behind (Fidan Moskova), unless a headline has capitals
    everywhere.
    """
    if is_unexplained_capital(start, text) or _has_suffix(end, text) or _has_office(start, text):
        return True
    following = [position for position in range(end, end + _NEAR_VERB) if is_same_sentence(position, start, text)]
    if any(_says(text.word_at(position)) for position in following):
        return True
    if end in following and original_words(end, end + 1, text)[:1].isupper():
        return is_unexplained_capital(end, text)
    return is_name(start, end, text)


def _has_suffix(end: int, text: DocumentText) -> bool:
    """Tell whether an apostrophe and a letter follow."""
    original, _, last = text.original_text(end - 1, end)
    return _suffix(original, last) is not None


def _has_office(start: int, text: DocumentText) -> bool:
    """Tell whether an office stands before a word of the same sentence."""
    return is_same_sentence(start - 1, start, text) and _office(text.word_at(start - 1)) is not None


def _has_given_name(start: int, text: DocumentText) -> bool:
    """Tell whether a given name of our table, or a capital that makes a word one, stands before a word."""
    if not is_same_sentence(start - 1, start, text):
        return False
    if is_given_name(text.word_at(start - 1)):
        return True
    return is_unexplained_capital(start - 1, text) and not is_ordinary(original_words(start - 1, start, text))
