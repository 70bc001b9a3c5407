"""Make the Polish word list from SGJP: `python -m tests.packaging.polish_words`.

Needs `pip install morfeusz2 wordfreq` (SGJP is the dictionary that morfeusz2 reads). Every word that wordfreq lists for
Polish is looked up in SGJP, and what is no name is written with all its forms: `data/words.pl.txt` says for each word
which lines of `data/paradigms.pl.txt` inflect it, and `data/endings.pl.txt` how words inflect that SGJP does not list,
as `monitor/text/forms/polish_words.py` and `name_endings.py` read them.

Left out are comparatives, the negated participles (niepisany), and names, which `polish_names.py` has.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from monitor.text.forms.polish_words import BEGINNING
from tests.packaging.frequent_latin_words import NAMES
from tests.packaging.polish_names import Declined, Reading, ending_lines

DATA = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data"

KINDS = {
    **dict.fromkeys(("subst", "depr"), "noun"),
    **{kind: kind for kind in ("adj", "ger", "ppas", "pact", "num", "praet")},
    **dict.fromkeys(("fin", "inf", "impt", "imps", "pcon", "pant", "bedzie", "winien"), "verb"),
}
"""The classes of SGJP's tags that have forms, each with the kind of its paradigm."""
FURTHER = "further"
"""The kind of a noun's plural and vocative, which a name does not take; a noun without a singular has its plural."""
UNINFLECTED = {"adv", "prep", "conj", "comp", "part", "interj", "pred", "numcomp"}
NOMINAL = {"noun", "adj", "num"}
"""What a listed word may also be a form of. It is none of a verb: zdjęcie is a photograph, broń a weapon."""
PERSONS = {
    "m1.m2.m3": ("em", "eś", "by", "bym", "byś"),
    "f": ("m", "ś", "by", "bym", "byś"),
    "n": ("by",),
    "pl": ("śmy", "ście", "by", "byśmy", "byście"),
}
"""What is written onto the past tense (SGJP splits it off): mówiłem, mówiliby."""
FAR_MORE = 20.0
"""How much more often the other forms of a word are read for it to count beside the one that a form also is."""
LEAST_GAIN = 60.0
LONGEST = 40

STATEMENT = """\
# {what}
# words.pl.txt, paradigms.pl.txt and endings.pl.txt are derived from SGJP ({dictionary}; https://sgjp.pl/,
# BSD licence, which names.pl.txt has), of whose words those were taken that are among the counts of wordfreq {wordfreq}
# (Robyn Speer; CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/), by tests/packaging/polish_words.py.
"""
WORDS = """\
Polish words: the letters that forms begin with, then each word that has such forms, without these letters, and the
# numbers of its paradigms (paradigms.pl.txt); "=" before a word that begins otherwise, and is written in full, "~"
# before one that is more often a form of another word (umowy). "-" stands for the number of those with one form."""
PARADIGMS = """\
How Polish words inflect: a number, the kind of the forms by the tags of SGJP, the end of the word, and what stands
# instead of it in its forms; "-" is nothing."""
ENDINGS = """\
How Polish words inflect that words.pl.txt lacks: the end of the word, then what stands instead of it in other forms;
# "~" marks less likely ones, "-" the bare stem, "^" the beginning of a word. The longest end counts."""

Paradigm = tuple[str, str, tuple[str, ...]]
"""The kind of the forms, the end of the word, and what stands instead of it."""


@dataclass
class Word:
    """A word with its forms by kind, and how often it is read."""

    text: str
    parts: list[tuple[str, frozenset[str]]] = field(default_factory=list)

    @property
    def forms(self) -> set[str]:
        """The word and all its forms."""
        return {self.text}.union(*(forms for _, forms in self.parts))

    @property
    def paradigms(self) -> list[Paradigm]:
        """The paradigms that make the forms of the word."""
        return [paradigm(self.text, kind, forms) for kind, forms in self.parts]


def paradigm(word: str, kind: str, forms: Iterable[str]) -> Paradigm:
    """What all forms change: the end of the word behind the letters that they share, and what they have instead."""
    first, last = min((word, *forms)), max((word, *forms))
    pairs = enumerate(zip(first, last, strict=False))
    shared = next((at for at, (one, other) in pairs if one != other), min(len(first), len(last)))
    return kind, word[shared:], tuple(sorted({form[shared:] for form in forms}))


def parts_of(readings: Iterable[Reading]) -> dict[str, set[str]]:
    """The forms of one lemma by the kind of their paradigm; none for a word that has no others."""
    found: dict[str, set[str]] = defaultdict(set)
    for form, _, tag, _, _ in readings:
        name, *values = tag.split(":")
        if name not in KINDS or {"neg", "com", "sup"} & set(values) or not (form.isalpha() and form.islower()):
            continue
        endings = PERSONS["pl"] if "pl" in values else PERSONS[values[1]] if name == "praet" else ()
        is_other = name in ("subst", "depr") and (values[0] == "pl" or values[1] == "voc")
        kind = FURTHER if is_other else KINDS[name]
        found[kind] |= {form, *(form + end for end in endings if name == "praet")}
    further = found.pop(FURTHER, set()) - found.get("noun", set())
    parts = found | ({FURTHER if "noun" in found else "noun": further} if further else {})
    return dict(parts)


def words_of(morfeusz: Any, frequencies: Mapping[str, float]) -> dict[str, Word]:
    """The words that SGJP knows among those of these frequencies, each with the forms of all its readings."""
    lemmas = {
        (lemma, name in UNINFLECTED)
        for word in frequencies
        if word.isalpha() and 1 < len(word) <= LONGEST
        for start, end, (_, lemma, tag, kinds, _) in morfeusz.analyse(word)
        if (start, end) == (0, 1) and not NAMES & set(kinds)
        for name in (tag.partition(":")[0],)
        if name in KINDS or name in UNINFLECTED
    }
    found: dict[str, Word] = {}
    for lemma, is_uninflected in sorted(lemmas):
        text = lemma.partition(":")[0]
        if text.isalpha() and text.islower() and len(text) > 1:
            word = found.setdefault(text, Word(text))
            parts = {} if is_uninflected else parts_of(morfeusz.generate(lemma))
            word.parts += [(kind, frozenset(forms)) for kind, forms in parts.items()]
    return found


def weaker(words: Mapping[str, Word], frequencies: Mapping[str, float]) -> set[str]:
    """The words that are far more often a form of another one, which has other forms: umowy, an adjective."""
    owners: dict[str, set[str]] = defaultdict(set)
    for word in words.values():
        for form in word.forms:
            owners[form].add(word.text)
    own = {
        text: sum(frequencies.get(form, 0.0) for form in word.forms if len(owners[form]) == 1)
        for text, word in words.items()
    }
    return {
        text
        for text, word in words.items()
        for other in owners[text] - {text}
        if own[other] > FAR_MORE * own[text]
        and own[other] * FAR_MORE > frequencies.get(text, 0.0)
        and not word.forms <= words[other].forms
        and any(kind in NOMINAL and text in forms for kind, forms in words[other].parts)
    }


def word_lines(words: Mapping[str, Word], numbers: Mapping[Paradigm, int], weak: set[str]) -> list[str]:
    """The lines of the list of words."""
    entries: dict[str, set[tuple[bool, str]]] = defaultdict(set)
    for text, word in words.items():
        begins = text[:BEGINNING]
        used = ".".join(map(str, dict.fromkeys(numbers[one] for one in word.paradigms))) or "-"
        mark = "~" if text in weak else ""
        entries[begins].add((False, f"{mark}{text[BEGINNING:]}{used}"))
        for other in {form[:BEGINNING] for form in word.forms} - {begins}:
            entries[other].add((True, f"={mark}{text}{used}"))
    return [" ".join((begins, *(entry for _, entry in sorted(found)))) for begins, found in sorted(entries.items())]


def inflected(words: Iterable[Word]) -> list[Declined]:
    """The words that inflect, as what the endings of other words are derived from: without what PERSONS adds."""
    return [
        Declined(one.text, dict.fromkeys({form for form in one.forms if not is_of_person(form, one)} - {one.text}, 1.0))
        for one in words
        if one.parts
    ]


def is_of_person(form: str, word: Word) -> bool:
    """Tell whether a form is the past tense with what PERSONS adds."""
    past = next((forms for kind, forms in word.parts if kind == "praet"), frozenset())
    return form in past and any(form.removesuffix(end) in past - {form} for ends in PERSONS.values() for end in ends)


def main() -> None:
    """Write the files."""
    from morfeusz2 import Morfeusz
    from wordfreq import get_frequency_dict

    morfeusz, frequencies = Morfeusz(), get_frequency_dict("pl", "best")
    words = words_of(morfeusz, frequencies)
    used = Counter(one for word in words.values() for one in word.paradigms)
    ranked = [one for one, _ in sorted(used.items(), key=lambda item: (-item[1], item[0]))]
    numbers = {one: number for number, one in enumerate(ranked)}
    paradigms = [
        " ".join((str(number), kind, end or "-", *(one or "-" for one in instead)))
        for number, (kind, end, instead) in enumerate(ranked)
    ]
    contents = {
        "words": (WORDS, word_lines(words, numbers, weaker(words, frequencies))),
        "paradigms": (PARADIGMS, paradigms),
        "endings": (ENDINGS, ending_lines(inflected(words.values()), LEAST_GAIN)),
    }
    for name, (what, lines) in contents.items():
        head = STATEMENT.format(what=what, dictionary=morfeusz.dict_id(), wordfreq=version("wordfreq"))
        (DATA / f"{name}.pl.txt").write_text("\n".join((head, *lines, "")), encoding="utf-8")


if __name__ == "__main__":
    main()
