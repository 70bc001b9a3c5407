"""Tell guessed spellings of a name that are function words of the article's language: Він (he) for Wynn, Il for Ил."""

from __future__ import annotations

from monitor.query.document import DocumentText
from monitor.query.terms.evidence import is_title_case
from monitor.query.terms.evidence_in_cyrillic import is_behind_office_or_given
from monitor.query.terms.surnames_in_latin import is_behind_office
from monitor.text.forms.ordinary_words import is_function_word


def is_only_function_word(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether a guess is a function word that no office or given name directly before it shows to be a name.

    A verb after it proves nothing (Він заявив, he said), nor does its capital.
    """
    if end - start != 1 or not is_function_word(text.word_at(start), text.document.language):
        return False
    is_shown = is_behind_office_or_given(start, end, text) or is_behind_office(start, end, text)
    return not (is_shown and is_title_case(start, text))
