"""Measure whether a name in the spelling of one language is found in those of six others: Schojgu, Choïgou, Szojgu.

`python -m tests.bench.name_conventions [--misses]` prints, for each language that a name is typed in, the share of the
spellings of the other languages that an article in these is found by; of `tests/data/names/conventions.tsv`.
"""

from __future__ import annotations

import sys
from functools import cache

from tests.bench.name_sets import NEWS, Tally, is_matched, rows_of

LANGUAGES = ("en", "de", "fr", "pl", "tr", "es", "cs")
_SENTENCES = {**NEWS, "fr": "Hier à Bruxelles, {} l'a confirmé.", "es": "Ayer en Bruselas, {} lo confirmó."}


@cache
def typed_in(language: str) -> Tally:
    """Return how many spellings of the other languages are found from that of `language`."""
    tally = Tally()
    codes, *rows = rows_of("conventions")
    for row in rows:
        spelled = dict(zip(codes, row, strict=True))
        typed = spelled.pop(language)
        for other, text in spelled.items():
            found = is_matched(f"name({typed})", other, _SENTENCES[other].format(text))
            tally.want(found, f"{language} {typed}>{other} {text}")
    return tally


def main() -> None:
    """Print the figures of each language."""
    for language in LANGUAGES:
        tally = typed_in(language)
        print(f"typed in {language}: recall {tally.recall:.3f} ({tally.found} of {tally.wanted})")
        if "--misses" in sys.argv:
            print("   missed:", "; ".join(tally.missed))


if __name__ == "__main__":
    main()
