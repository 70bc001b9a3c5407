"""Between Latin letters and Arabic or Greek ones; Arabic leaves short vowels out, so its spellings are guesses."""

from __future__ import annotations

from functools import cache, lru_cache

from monitor.text.forms.script import fold
from monitor.text.forms.translit.reading import Readings

_TO_ARABIC = r"""
sch|sh|ch(?=e$) ش
shch|tch تش
ch تش ش خ
kh خ
gh غ
zh ج ز
th ث ت
dh ذ
ph ف
ts تس
ck|qu|cc ك
ou|oo و
ee|ie ي
ei|ey|ai|ay ي اي
au|aw|ow او و
ya|ia يا
yu|iu يو
^al-?$ ال
^a أ ا
^e إ
^i إ
^o أو
^u أو
a ا -
e$ -
e ي -
i ي -
o و
u و -
y ي
b ب
c ك
d د
f ف
g غ ج
h ه
j ج
k ك
l ل
m م
n ن
p ب
q ق
r ر
s س
t ت
v ف
w و
x كس
z ز
' -
- -
"""
_FROM_ARABIC = r"""
ال al-
ا a
أ a
إ i
آ a
ب b
ت t
ث th
ج j
ح h
خ kh
د d
ذ dh
ر r
ز z
س s
ش sh
ص s
ض d
ط t
ظ z
ع -
غ gh
ف f
ق q
ك k
ل l
م m
ن n
ه h
ة a
و u w
ى a
ي i y
ئ -
ء -
پ p
چ ch
ژ zh
گ g
ڤ v
"""
_TO_GREEK = r"""
sch|sh|ch(?=[ei]) σ τσ
ch χ τσ
kh χ
ph φ
th θ
ts|tz τσ
zh ζ
ou|oo ου
ay|ey|ei ει ευ
ya|ia ια
yu|iu ιου
sky$ σκι
a α
b μπ
c κ
d ντ
e ε
f φ
g γκ
h χ
i ι
j τζ
k κ
l λ
m μ
n ν
o ο
p π
q κ
r ρ
s$ ς
s σ
t τ
u ου
v β
w γου β
x ξ
y ι
z ζ
' -
- -
"""
_FROM_GREEK = r"""
ου u
μπ b
ντ d
γκ g
τσ ts
τζ j
αι e
ει|οι i
ευ ev
αυ av
α a
β v
γ g
δ d
ε e
ζ z
η i
θ th
ι i
κ k
λ l
μ m
ν n
ξ x
ο o
π p
ρ r
σ s
ς s
τ t
υ y i
φ f
χ kh
ψ ps
ω o
"""
_TABLES = {"to arabic": _TO_ARABIC, "arabic": _FROM_ARABIC, "to greek": _TO_GREEK, "greek": _FROM_GREEK}


@cache
def _table(name: str) -> Readings:
    return Readings(_TABLES[name])


@lru_cache(maxsize=4096)
def arabic_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Arabic spellings of a Latin `word` with their costs."""
    return tuple(_table("to arabic").read(fold(word), 4))


@lru_cache(maxsize=4096)
def greek_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Greek spellings of a Latin `word` with their costs."""
    return tuple(_table("to greek").read(fold(word), 3))


@lru_cache(maxsize=4096)
def latin_from(word: str, script: str) -> tuple[tuple[str, float], ...]:
    """Latin spellings of an `arabic` or `greek` word with their costs."""
    return tuple((text, cost + 0.1) for text, cost in _table(script).read(fold(word), 3) if text.isascii())
