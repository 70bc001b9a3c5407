"""List the codes of languages (ISO 639) and countries (ISO 3166) that files may use, and suggest one for wrong ones."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib.resources import files

_LANGUAGES = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv
    ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne
    ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st
    su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    ckb crh hsb dsb fil kmr rue sah zgh"""
LANGUAGES = frozenset(_LANGUAGES.split())
# Own list of what people write instead of a language code: country codes and obsolete codes.
MEANT_LANGUAGE = {
    "ua": "uk",
    "gr": "el",
    "jp": "ja",
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "ir": "fa",
    "il": "he",
    "us": "en",
    "gb": "en",
    "by": "be",
    "rs": "sr",
    "ge": "ka",
    "kp": "ko",
    "iw": "he",
}
MEANT_COUNTRY = {"uk": "gb", "en": "gb", "el": "gr", "ja": "jp", "zh": "cn", "cs": "cz", "da": "dk", "usa": "us"}
# Reserved or in common use, though not in ISO 3166: the European Union, Kosovo, the United Nations.
EXTRA_COUNTRIES = {"eu": "European Union", "xk": "Kosovo", "un": "United Nations"}


@cache
def _countries() -> dict[str, str]:
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {code.lower(): name for code, name in rows} | EXTRA_COUNTRIES


COUNTRIES = frozenset(_countries())


def language_meant(text: str) -> str:
    """Return a hint for an unknown language code, by the language's English name or by a common mistake."""
    from babel import Locale

    names = {name.lower(): code for code, name in Locale("en").languages.items() if code in LANGUAGES}
    similar = get_close_matches(text[:60], names, n=1, cutoff=0.75)
    meant = MEANT_LANGUAGE.get(text) or (names[similar[0]] if similar else "")
    return f"did you mean {meant}?" if meant else "a code of ISO 639 like en, ru, uk, tr"


def country_meant(text: str) -> str:
    """Return a hint for an unknown country code, by the country's name or by a common mistake."""
    names = {name.lower(): code for code, name in _countries().items()}
    similar = get_close_matches(text[:60], names, n=1, cutoff=0.75)
    meant = MEANT_COUNTRY.get(text) or (names[similar[0]] if similar else "")
    return f"did you mean {meant}, {_countries()[meant]}?" if meant else "a code of ISO 3166 like ua, tr, gb"
