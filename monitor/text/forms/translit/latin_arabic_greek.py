"""Transliterate between Latin and Arabic or Greek letters; Arabic lacks short vowels, so spellings are guesses.

Own tables, by the practice of news, not by a romanisation standard.
"""

from __future__ import annotations

from functools import cache, lru_cache

from monitor.text.forms.script import fold
from monitor.text.forms.translit.spelling_rules import SpellingRules

_TO_ARABIC = r"""
sch|sh|ch(?=e$) ش
tsch|shch|tch تش
stein شتاين
st شت ست
ch تش ش خ
kh خ
gh غ
zh ج ز
th ث ت
dh ذ
ph ف
tz|ts تس
z$ ز تس
ck|cc|cq ك
qu كو ك
ou|oo و
ee|ie ي
ei اي ي
eu و يو
ai|ay|ey اي ي
au|aw|ow او و
ya|ia يا
yu|iu يو
ye ي
iy$|yy$ ي
^ie|^ye|^je ي
^al-?(?=...) ال
^a ا
^e ا
^i ا اي
^o او
^u او
ah$ ه
a$ ا
a(?=[lnmr]d$) ا
a ا -
e$ - ي ه
er$ ر ير
e(?=rg$) - ي
e ي -
ij يو يي
i ي -
o و -
u(?=mp) ا
u و ا -
y$ ي
y ي
b ب
c(?=[eiy]) س
c ك
d د
f ف
g غ ج
h ه ح
j ج ي
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
^ال(?=...) - al-
^او o u
^اي ay ei i
^ا a e i o
^ي(?=[اوي]) y
^ي y ye
^ع a
سكي$ sky ski
تش ch tch
تس ts z tz
شت(?=[اي]) st
شت st sht
كس x ks
وي oi oy
يا ia ya
يو io yu
اي ai ei ay ey
او au ao
وف ov of
يف ev if
ه$ e a
ا$ a
ا a
اخ akh ach
برغ$ berg
(?<=[بتثجحخدذرزسشصضطظغفقكلمنه])ن$ en n
(?<=[بتثجحخدذرزسشصضطظغفقكلمنه])ر$ er r
(?<=[بتثجحخدذرزسشصضطظغفقكلمنه])ل$ el l
ب b p
ت t
ث th
ج j g zh
ح h
خ kh ch h
د d
ذ dh
ر r
ز z s
س s c
ش sh ch
ص s
ض d
ط t
ظ z
ع - a
غو go gu
غ g gh
ف v f
ق q k
كو$ ko co
ك k c
ل l
م m
ن n
ه h
ة a ah
و o u w
ى a
ين$ in en
ي$ i y
يك ik ic
ي(?=.) e i
ي i
ئ -
ء -
پ p
چ ch
ژ zh
گ g
ڤ v
"""
_TO_GREEK = r"""
tsch|shch|tch τσ στσ
sch|sh|ch(?=[ei]) σ τσ
ch χ τσ
ck κ
zh ζ
kh χ
gh γκ
ph φ
th θ τ
tz|ts τσ
z$ ζ τς
ou|oo ου
ei αι
ay|ai|ey αι ει
au αου
eu ευ
ya|ia ια
yu|iu ιου
^ye|^ie|^je γε
iy$|yy$ ι
akis$ ακης
idis$ ιδης
is$ ης ις
sky$ σκι
ov$ οφ οβ
ev$ εφ εβ
off$ οφ
ah$ α
mb μπ
nd ντ νδ
ng νγκ
a α
b μπ
c(?=[eiy]) σ
c κ
d ντ δ
e ε
f φ
g γκ γ
h χ
^j τζ
j τζ γι
i ι η
k κ
l λ
m μ
n ν
o ο ω
p π
q κ
r ρ
s$ ς
s σ
t τ
u ου α
v β
w ου β
x ξ
y ι υ
z ζ σ
' -
- -
"""
_FROM_GREEK = r"""
ου u ou
μπ b mb
^ντ d
ντ d nt nd
γκ g gk ng
γχ nkh nch
τσ ts ch tch
τς$ tz ts z
τζ j dj
στσ shch
αι ai e ei ay
ει ei i
οι i oi
^γε ye ge
^γι yi gi
ευ ev ef eu
αυ av af au
οφ$ ov
εφ$ ev
σκι$ sky ski
σκ sk
ια ia ya
ιου yu iu
α a
β v
γ g
δ d
ε e
ζ z zh
η i
θ th z
ι$ i y
ι i
κο co ko
κ k c
λ l
μ m
ν n
ξ x
ο o
π p
ρ r
σ s sh
ς s
τ t
υ y i
φ f
χ kh h ch
ψ ps
ω o
"""
_TABLES = {"to arabic": _TO_ARABIC, "arabic": _FROM_ARABIC, "to greek": _TO_GREEK, "greek": _FROM_GREEK}


@cache
def _table(name: str) -> SpellingRules:
    return SpellingRules(_TABLES[name])


def _without_doubles(word: str) -> str:
    """Return the word with double letters written once, as neither script doubles them in foreign names."""
    return "".join(letter for at, letter in enumerate(word) if at == 0 or letter != word[at - 1])


@lru_cache(maxsize=4096)
def arabic_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Return Arabic spellings of a Latin `word` with their costs."""
    return tuple(_table("to arabic").spell(_without_doubles(fold(word)), 6))


@lru_cache(maxsize=4096)
def greek_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Return Greek spellings of a Latin `word` with their costs."""
    return tuple(_table("to greek").spell(_without_doubles(fold(word)), 8))


@lru_cache(maxsize=4096)
def latin_from(word: str, script: str) -> tuple[tuple[str, float], ...]:
    """Return Latin spellings of a word of `script` (`arabic` or `greek`) with their costs."""
    return tuple((text, cost) for text, cost in _table(script).spell(fold(word), 12) if text.isascii())
