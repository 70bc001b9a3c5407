"""How well names that no list holds are found, over the sets that we wrote ourselves (tests/data/names).

    python -m tests.bench.name_sets [SET…] [--misses]

Each set was committed before the code that is to pass it; nothing of `names.yaml` is read.

- `LANGUAGE.tsv` (a name, a tab, its case forms): a form counts as found if a sure form of `name(NAME)` (confidence .6
  and more) that counts in that language is that text. Forms after `|` are traps: no form of that name. In Turkish an
  apostrophe ends a form, since words are split there (Trump'ın).
- `places.tsv` (a place in the spelling of each convention of its first line, several of one with `/`): looked for from
  the English spelling in all others, and from all others in the English one.
- `sentences.tsv`, `asia.tsv`, `uncapitalised.tsv`, `openings.tsv`, `homographs.tsv`, `turkish.tsv`, `unspaced.tsv`,
  `latin.tsv`, `traps.tsv`, `phrases.tsv`, `slavic.tsv` (language, rule, yes or no, sentence): the matcher decides.
- `zh.tsv`, `ja.tsv`, `ko.tsv`, `he.tsv` (a name, a tab, its spellings): scripts without capitals, where a guess needs a
  sign beside it, so the matcher looks for each spelling in sentences that have one; those of other names are traps.
  Chinese and Korean names in their Latin spelling are among them, with given names.
- `signs.tsv`, `signs-held.tsv` (a name in plain letters, a tab, spellings with their languages, ru:Зёдер): the matcher
  looks for each in a sentence of its language. Traps are those behind `|`.
- `english.tsv` (a surname and its usual spellings in the languages of its first line, several with `/`, of which one is
  enough): found if a sure form of that language is one of them.
- `typed.tsv` (a name in a script other than Latin and Cyrillic, a tab, its spellings in these): each is looked for in
  a sentence of its script. Traps are those behind `|`, and the spellings of all other names.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from monitor.model import Article, Form, Outlet
from monitor.query import Compiled, Scope, compile_query, document
from monitor.text.forms import expand_name, expand_word
from monitor.text.forms.script import script_of
from monitor.text.tokens import canonical

SURE = 0.6
SETS = Path(__file__).parents[1] / "data" / "names"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
CARRIERS = {
    "zh": ("总统{}表示愿意谈判。", "约翰·{}在会上发言。"),
    "ja": ("{}大統領は述べた。", "ジョン・{}が会見した。"),
    "ko": ("{} 대통령은 말했다.", "회의에는 존 {} 총리도 참석했다."),
    "he": ("הנשיא {} אמר כי ההסכם קרוב.", "הפגישה עם ראש הממשלה {} נדחתה."),
}
"""Sentences in which a spelling is looked for; the first one carries the traps, too."""
AT_HOME = {
    "zh": ("外交部长{}出席会议。", "周五，{}出席了仪式。"),
    "ko": ("{} 대통령은 말했다.", "회의에는 {}도 참석했다."),
}
"""The same for names of several words, which are Chinese and Korean ones; only the first has a title."""
TYPED = {"latin": ("en", "Minister {} said so on Tuesday."), "cyrillic": ("ru", "Министр {} сообщил об этом.")}
"""The language and the sentence in which a spelling of a name typed in another script is looked for."""
NEWS = {
    "ru": "Об этом {} сообщил вчера.",
    "uk": "Про це {} повідомив учора.",
    "bg": "Това {} съобщи вчера.",
    "pl": "Wczoraj to {} na konferencji podkreślił.",
    "cs": "Včera to {} na konferenci řekl.",
    "sk": "Včera to {} na konferencii povedal.",
    "de": "Das hat {} gestern gesagt.",
    "en": "On Tuesday {} said so.",
    "tr": "Dün bunu {} söyledi.",
}
"""Sentences in which a spelling of that language is looked for; those of others are looked for in an English one."""
SIGNS = ("signs", "signs-held")
ENGLISH = ("english-ru", "english-uk", "english-bg")
_SENTENCES = (
    *("sentences", "asia", "turkish", "unspaced", "latin", "traps", "uncapitalised", "openings", "homographs"),
    *("phrases", "slavic"),
)
_apostrophe = re.compile("['\u2019\u02bc`\u00b4]").split
_OTHERS = {"conventions", "levant", "places", "listed", "typed", "english", *SIGNS, *_SENTENCES, *CARRIERS}


@dataclass
class Tally:
    """Counts of one set: what should be found and was, and what should not be and was."""

    wanted: int = 0
    found: int = 0
    traps: int = 0
    wrong: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / max(self.wanted, 1)

    @property
    def precision(self) -> float:
        return self.found / max(self.found + self.wrong, 1)

    def want(self, is_found: bool, what: str) -> None:
        self.wanted += 1
        self.found += is_found
        if not is_found:
            self.missed.append(what)

    def refuse(self, is_found: bool, what: str) -> None:
        self.traps += 1
        self.wrong += is_found
        if is_found:
            self.false.append(what)


def rows_of(name: str) -> Iterator[list[str]]:
    for line in (SETS / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def _sure(name: str, language: str) -> frozenset[str]:
    forms = expand_name(name, {})
    return frozenset(canonical(f.text) for f in forms if f.confidence >= SURE and f.language in ("", language))


def languages() -> list[str]:
    """Return the languages that have a set of case forms."""
    return sorted(path.stem for path in SETS.glob("*.tsv") if path.stem not in _OTHERS)


@cache
def inflected(language: str) -> Tally:
    """Return how many case forms of the names of a language are found, and how many traps."""
    tally = Tally()
    for name, listed in rows_of(language):
        wanted, _, traps = listed.partition("|")
        for form in wanted.split(", "):
            if form.strip():
                tally.want(_word(form, language) in _sure(name, language), f"{name}>{form.strip()}")
        for form in filter(None, map(str.strip, traps.split(", "))):
            tally.refuse(_word(form, language) in _sure(name, language), f"{name}>{form}")
    return tally


def _word(form: str, language: str) -> str:
    """Return the canonical text of a form, of a Turkish one without the suffix behind an apostrophe."""
    return canonical(_apostrophe(form)[0] if language == "tr" else form)


@cache
def places() -> Tally:
    """Return how many spellings of Slavic places are found from the English one, and it from them."""
    tally = Tally()
    conventions, *rows = rows_of("places")
    for row in rows:
        english, *others = [spelled.split("/") for spelled in row]
        for convention, spellings in zip(conventions[1:], others, strict=True):
            language = convention if convention in ("ru", "uk") else ""
            for spelling in spellings:
                if canonical(spelling) in map(canonical, english):
                    continue
                tally.want(canonical(spelling) in _sure_anywhere(english[0], language), f"{english[0]}>{spelling}")
                tally.want(canonical(english[0]) in _sure_anywhere(spelling, "en"), f"{spelling}>{english[0]}")
    return tally


@cache
def _sure_anywhere(name: str, language: str) -> frozenset[str]:
    """Return the sure forms that count in `language`, or in any language if it is empty."""
    return frozenset(
        canonical(f.text)
        for f in _forms_of(name)
        if f.confidence >= SURE and (not language or f.language in ("", language))
    )


@cache
def _forms_of(name: str) -> Sequence[Form]:
    return expand_name(name, {})


@cache
def _compiled(rule: str) -> Compiled:
    return compile_query("rule", rule, Scope(words=expand_word, names=lambda name: expand_name(name, {})))


def is_matched(rule: str, language: str, text: str) -> bool:
    read = document(Article("outlet", "", "", body=text, language=language), Outlet("outlet", "", ()))
    return _compiled(rule).match(read, NOW) is not None


@cache
def sentences(name: str = "sentences") -> Tally:
    """Return how many sentences are told from traps by the matcher that runs live."""
    tally = Tally()
    for language, rule, verdict, text in rows_of(name):
        is_found = is_matched(rule, language, text)
        (tally.want if verdict == "yes" else tally.refuse)(is_found, f"{language} {rule}: {text}")
    return tally


@cache
def carried(language: str) -> Tally:
    """Return how many spellings are found in sentences that carry them, and how many names are in those of others."""
    tally = Tally()
    rows = [(name, listed.split(", ")) for name, listed in rows_of(language)]
    for name, spellings in rows:
        rule = f'name("{name}")'
        for spelling in spellings:
            for carrier in AT_HOME[language] if " " in name else CARRIERS[language]:
                text = carrier.format(spelling)
                tally.want(is_matched(rule, language, text), f"{name}: {text}")
        others = [one for other, several in rows if other != name for one in several if one not in spellings]
        found = [one for one in others if is_matched(rule, language, CARRIERS[language][0].format(one))]
        tally.refuse(bool(found), f"{name}: {', '.join(found)}")
    return tally


@cache
def typed() -> Tally:
    """Return how many spellings of names typed in other scripts are found, and how many of other persons."""
    tally = Tally()
    rows = [(f'name("{name}")', *listed.partition("|")[::2]) for name, listed in rows_of("typed")]
    for rule, own, others in rows:
        for spelling in own.split(", "):
            tally.want(is_matched(rule, *_carried(spelling)), f"{rule}: {spelling}")
        traps = [*others.split(", "), *(one for _, wanted, _ in rows for one in wanted.split(", ") if wanted != own)]
        for spelling in filter(None, map(str.strip, traps)):
            tally.refuse(is_matched(rule, *_carried(spelling)), f"{rule}: {spelling}")
    return tally


def _carried(spelling: str) -> tuple[str, str]:
    """Return the language and text of a sentence with a spelling."""
    language, sentence = TYPED[script_of(spelling)]
    return language, sentence.format(spelling.strip())


@cache
def signs(name: str = "signs") -> Tally:
    """Return how many spellings with signs, or in Cyrillic, are found of names that were typed without them."""
    tally = Tally()
    for typed_name, listed in rows_of(name):
        wanted, _, traps = listed.partition("|")
        for register, several in ((tally.want, wanted), (tally.refuse, traps)):
            for spelling in filter(None, map(str.strip, several.split(", "))):
                language, _, text = spelling.partition(":")
                is_found = is_matched(f'name("{typed_name}")', language, NEWS.get(language, NEWS["en"]).format(text))
                register(is_found, f"{typed_name}>{spelling}")
    return tally


@cache
def english(language: str) -> Tally:
    """Return how many English-language surnames have one of their usual spellings in a language as a sure form."""
    tally = Tally()
    (_, *codes), *rows = rows_of("english")
    for name, *columns in rows:
        usual = columns[codes.index(language)]
        is_found = any(canonical(one) in _sure(name, language) for one in usual.split("/"))
        tally.want(is_found, f"{name}>{usual}")
    return tally


def _tally(name: str) -> Tally:
    if name in SIGNS:
        return signs(name)
    if name.startswith("english"):
        return english(name.removeprefix("english-"))
    if name == "typed":
        return typed()
    if name in _SENTENCES:
        return sentences(name)
    if name in CARRIERS:
        return carried(name)
    return places() if name == "places" else inflected(name)


def main() -> None:
    """Print the figures of the sets named on the command line, otherwise of all."""
    asked = [one for one in sys.argv[1:] if not one.startswith("--")]
    for name in asked or [*languages(), *sorted(_OTHERS - {"conventions", "levant", "listed", "english"}), *ENGLISH]:
        tally = _tally(name)
        print(
            f"{name}: recall {tally.recall:.3f} ({tally.found} of {tally.wanted}), "
            f"{tally.wrong} of {tally.traps} traps, precision {tally.precision:.3f}"
        )
        if "--misses" in sys.argv:
            print("   missed:", "; ".join(tally.missed))
            print("   false:", "; ".join(tally.false))


if __name__ == "__main__":
    main()
