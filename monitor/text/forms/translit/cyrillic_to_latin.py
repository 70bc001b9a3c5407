"""Transliterate from Cyrillic to Latin letters by the conventions of each language that news is written in.

Own tables. The first spelling of a rule is that of a known convention where one is named; the others are variants in
news.
"""

from __future__ import annotations

from functools import cache, lru_cache

from monitor.text.forms.translit.spelling_rules import SpellingRules

# Letters that are the same in all conventions which have no rule of their own for them.
_COMMON = r"""
а a
б b
в v
г g
д d
з z
и i
к k
л l
м m
н n
о o
п p
р r
с s
т t
у u
ф f
ь -
ъ -
і i
ґ g
э e
"""
# As BGN/PCGN 1947 for Russian, but -ий and -ый are y, ё is yo, and ь and ъ are left out.
_ENGLISH = r"""
ский$|цкий$ sky ski skiy
ський$ sky skyi skyy skyj
цький$ tsky tskyi tskyy
ая$ aya aia
дж dzh j
ий$ y iy
ый$ y yy
ж zh
х kh h
ц ts
ч ch
ш sh
щ shch
ю yu iu
(?<=и)я a ya
я ya ia
ё yo e io
(?<=[аеиоуыэюяь])е ye e ie
^е ye e
е e
є ie ye
ї i yi
й y i
ы y
"""
# The Ukrainian national system (Cabinet of Ministers resolution 55 of 2010), without its zgh for зг.
_UKRAINIAN = r"""
ський$ skyi sky skyy skyj
цький$ tskyi tsky
г h g
ж zh
х kh
ц ts
ч ch
ш sh
щ shch
ю iu yu
^ю yu
я ia ya
^я ya
^є ye
є ie ye
^ї yi
ї i
^й y
й i y
и y i
е e
"""
# Mostly as Duden's transcription of Russian.
_GERMAN = r"""
ский$|ський$ ski skij skyj
ов$ ow
ев$ ew jew
ёв$ jow ow
в w
ж sch sh
х ch
ц z
ч tsch
ш sch
щ schtsch
ю ju
я ja
ё jo
^е je e
(?<=[аеиоуыэюяь])е je e
е e
є je
ї ji
ий$ i ij
ый$ y
й i j
ы y
"""
# The traditional French transcription of Russian (tch, ou, -ine for -ин).
_FRENCH = r"""
ский$|ський$ ski
ин$ ine
ж j
х kh
ц ts
ч tch
ш ch
щ chtch
ю iou
я ia
ё io
ий$ i
у ou
е e
є ie
й i
ы y
"""
# The usual Polish transcription of Russian.
_POLISH = r"""
ский$|ський$ ski
цкий$|цький$ cki
ская$|ська$ ska
ов$ ow
ев$ iew ew
ёв$ iow ow
в w
ж ż
х ch
ц c
ч cz
ш sz
щ szcz
л(?=[аоуыъ]|[бвгджзклмнпрстфхцчшщ]|$) ł l
ю ju
я ja
ё jo io
^е je
(?<=[аеиоуыэюяь])е je
е ie e
є ie je
ї ji
ий$ ij
й j
ы y
"""
# The usual Turkish spelling of Russian names.
_TURKISH = r"""
ский$|ський$ ski skiy skiy
ж j
х h
ц ts
ч ç
ш ş
щ şç
ю yu
я ya
ё yo
е e
^е ye e
є ye
ї yi
ий$ iy i
й y
ы ı
"""
# The usual Czech transcription of Russian.
_CZECH = r"""
ский$|ський$ skij skyj
ж ž
х ch
ц c
ч č
ш š
щ šč
ю ju
я ja
ё jo
ий$ ij
е e
^е je
є je
ї ji
й j
ы y
"""
_TABLES = {
    "en": _ENGLISH,
    "uk": _UKRAINIAN,
    "de": _GERMAN,
    "fr": _FRENCH,
    "pl": _POLISH,
    "tr": _TURKISH,
    "cs": _CZECH,
}


@cache
def _table(convention: str) -> SpellingRules:
    return SpellingRules(_TABLES[convention] + _COMMON)


@lru_cache(maxsize=4096)
def latin_spellings(word: str, convention: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case Latin spellings of a Cyrillic `word` by one convention (en uk de fr pl tr cs), with costs."""
    return tuple((text, cost) for text, cost in _table(convention).spell(word, 4) if text.isascii() or text.isalpha())
