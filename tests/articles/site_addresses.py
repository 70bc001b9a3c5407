"""Addresses of articles in the shapes that sites give them, by the table `tests/data/articles/addresses.tsv`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

TABLE = Path(__file__).parents[1] / "data" / "articles" / "addresses.tsv"
ARTICLES = 12
"""Articles that each row of the table makes."""
_WORDS = "grain port talks council bridge minister border ceasefire sanctions pipeline election budget".split()  # noqa: SIM905
_CYRILLIC = "зерно порт переговоры совет мост министр граница перемирие санкции труба выборы бюджет".split()  # noqa: SIM905
_ARABIC = "قمح ميناء محادثات مجلس جسر وزير حدود هدنة عقوبات أنبوب انتخابات ميزانية".split()  # noqa: SIM905


@dataclass(frozen=True)
class AddressRow:
    """One row of the table: how two addresses are related, in what they differ, and what they look like."""

    relation: str
    kind: str
    first: str
    second: str

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield both addresses of each article, or of each two articles."""
        return ((_filled(self.first, number), _filled(self.second, number)) for number in range(ARTICLES))


def address_rows() -> list[AddressRow]:
    """Return the rows of the table; the two addresses of a `site` are the same."""
    lines = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    return [
        AddressRow(relation, kind, first, others[0] if others else first) for relation, kind, first, *others in lines
    ]


def _filled(template: str, number: int) -> str:
    """Return the address of one of a row's articles; neighbours differ as little as those of a site do."""
    slug = f"{_WORDS[number]}-and-{_WORDS[number - 1]}-in-the-north"
    cyrillic = f"{_CYRILLIC[number]}-и-{_CYRILLIC[number - 1]}"
    digits = f"{0x65F1A2B3C4D5E6F7A8B9 + number:024x}"
    values = {
        "n": str(48213 + number),
        "slug": slug,
        "Slug": slug.title(),
        "cyr": cyrillic,
        "cyr%": quote(cyrillic),
        "ara": f"{_ARABIC[number]}-{_ARABIC[number - 1]}",
        "ymd": f"2026/11/{17 + number}",
        "day": f"202611{17 + number}",
        "hex": digits,
        "uuid": f"{digits[:8]}-{digits[8:12]}-4e5d-9dc0-{digits[12:]}",
    }
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return template.replace("\\n", "\n")
