"""Measure how names of Arabs, Persians and Israelis are found between languages (`tests/data/names/levant.tsv`).

`python -m tests.bench.levant_names [--misses]` prints the share found. A row is a person, place or body with its
spellings by language, several with `/`. Each is looked for in a sentence of its language from the English one, and
that one from each. Rows that begin with `no` are traps.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.bench.name_sets import Tally, is_matched, rows_of

_NEWS = {
    "en": "On Tuesday {} was in the news again.",
    "ar": "وكانت {} أمس محور الأخبار.",
    "fa": "امروز {} دوباره خبرساز شد.",
    "he": "אתמול היה {} במרכז החדשות.",
    "tr": "Bugün {} yeniden gündemde.",
    "fr": "Mardi, {} était de nouveau dans les journaux.",
    "de": "Unterdessen war {} wieder in den Nachrichten.",
    "ru": "Сегодня утром {} снова в центре внимания.",
    "uk": "Сьогодні вранці {} знову в центрі уваги.",
    "es": "El martes, {} volvió a las noticias.",
    "pl": "Tymczasem {} jest znów w centrum uwagi.",
}
_OF_PERSONS = {
    "en": "Minister {} said so on Tuesday.",
    "ar": "قال الوزير {} أمس إن الاتفاق قريب.",
    "fa": "وزیر {} روز سه‌شنبه گفت که توافق نزدیک است.",
    "he": "השר {} אמר אתמול כי ההסכם קרוב.",
    "tr": "Bakan {} salı günü bunu açıkladı.",
    "fr": "Le ministre {} a répondu mardi.",
    "de": "Minister {} sagte das am Dienstag.",
    "ru": "Министр {} сообщил об этом во вторник.",
    "uk": "Міністр {} повідомив про це у вівторок.",
    "es": "El ministro {} respondió el martes.",
    "pl": "Minister {} powiedział to we wtorek.",
}
_SENTENCES = {"person": _OF_PERSONS, "place": _NEWS, "body": _NEWS}


def levant(every: int = 1) -> Tally:
    """Return how many spellings are found, and how many traps, of one row in `every`."""
    tally = Tally()
    (_, *languages), *rows = rows_of("levant")
    for kind, *cells in rows[::every]:
        if kind == "no":
            language, name, text = cells
            tally.refuse(is_matched(f'name("{name}")', language, text), f"{language} {name}: {text}")
            continue
        (_, english), *others = _spellings(languages, cells)
        sentences = _SENTENCES[kind]
        for language, text in others:
            if text != english:
                there = is_matched(_rule(english), language, sentences[language].format(text))
                back = is_matched(_rule(text.strip("«»")), "en", sentences["en"].format(english))
                tally.want(there, f"{english}>{language} {text}")
                tally.want(back, f"{language} {text}>{english}")
    return tally


def _spellings(languages: list[str], cells: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (language, spelling) for the cells of a row, the English one first."""
    for language, cell in zip(languages, cells, strict=True):
        yield from ((language, text) for text in cell.split("/") if text != "-")


def _rule(name: str) -> str:
    return "name('{}')".format(name.replace("'", "\\'"))


def main() -> None:
    """Print the figures."""
    tally = levant()
    print(f"levant: recall {tally.recall:.3f} ({tally.found} of {tally.wanted}), {tally.wrong} of {tally.traps} traps")
    if "--misses" in sys.argv:
        print("   missed:", "; ".join(tally.missed))
        print("   false:", "; ".join(tally.false))


if __name__ == "__main__":
    main()
