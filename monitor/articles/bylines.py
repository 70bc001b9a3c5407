"""Find the line above a text that says who wrote it: “From our reporter in Rome.” (own tables)."""

from __future__ import annotations

import re

_LONGEST = 80
"""The most characters of such a line."""
_BENEATH = 5
"""The first lines of a text among which it is, blank ones among them."""
_OURS = re.compile(
    r"(from|by) our|v(on|om) unser\w*|(de|par) (notre|nos)|(de|por) nuestr\w+|d(a|o)s? noss\w+|d(a|e)l(la|l')? nostr\w+"
    r"|van onze|od nasz\w+|от наш\w+|від наш\w+|من مراسل\w*",
    re.IGNORECASE,
)
_REPORTER = re.compile(
    r"report|correspond|korrespond|corrispond|correspons|korespond|корреспонд|кореспонд|собкор|репорт|журналист|журналіст"
    r"|journalist|staff|writer|editor|desk|bureau|büro|newsroom|redak|redac|rédac|redaz|редакц|agen[ct]|агент"
    r"|envoy|enviad|inviat|mitarbeiter|مراسل",
    re.IGNORECASE,
)
_BY = re.compile(r"(by|von|par|por|di) (?P<who>.+)", re.IGNORECASE)
_BESIDE = "and in for of the und für et à pour y en para e per a der van von de di da la le du"
_BESIDE_NAMES = frozenset(_BESIDE.split())


def without_byline(text: str) -> str:
    """Return a text without the line near its beginning that names a reporter or an agency alone, where text follows.

    The title may stand above it once more, and a line that sums the article up.
    """
    lines = text.split("\n", _BENEATH)
    for at, line in enumerate(lines[:-1]):
        if _is_byline(line.strip()):
            rest = "\n".join((*lines[:at], *lines[at + 1 :]))
            return rest if rest.strip() else text
    return text


def _is_byline(line: str) -> bool:
    if len(line) > _LONGEST or any(map(str.isdigit, line)):
        return False
    if _OURS.match(line):
        return bool(_REPORTER.search(line))
    found = _BY.fullmatch(line.rstrip("."))
    return found is not None and all(map(_is_of_names, re.findall(r"[^\s,/&|]+", found["who"])))


def _is_of_names(word: str) -> bool:
    return word[0].isupper() or word in _BESIDE_NAMES or bool(_REPORTER.match(word))
