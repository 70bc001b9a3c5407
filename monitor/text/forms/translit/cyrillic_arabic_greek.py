"""Transliterate between Cyrillic and Arabic or Greek letters, as Russian, Arabic and Greek news spell names.

Own tables. Not through Latin letters, since Γ, غ and Г, τσ and Ц, -οφ and -ов correspond directly.
"""

from __future__ import annotations

from functools import cache, lru_cache

from monitor.text.forms.script import fold
from monitor.text.forms.translit.spelling_rules import SpellingRules

_TO_ARABIC = r"""
ск[иы]й$|ський$ سكي
[иы]й$ ي
штейн|штайн شتاين
ей(?=.) اي ي
ай(?=.) اي
ой(?=.) وي
^е|^є ي
^э ا
^а ا
^о|^у او
^и|^і ا اي
аль$ ال
ья|ьё|ье يا
ю يو و
я يا
[ёо] و -
а$ ا
а ا -
э ا ي -
е$ ي ه -
е(?=рг$) - ي
ель$ يل ل
е|є ي -
[иії] ي -
ы ي
у و -
б ب
в ف و
г غ ج ه
ґ غ
д د
ж ج
з ز
й ي
к ك ق
л ل
м م
н ن
п ب
р ر
с س
т ت ط
ф ف
х خ ح ه
ц تس
ч تش ش
ш ش
щ شتش ش
ь -
ъ -
' -
- -
"""
_FROM_ARABIC = r"""
^ال(?=...) - ал аль
^او о у
^اي ай эй и
^ا а э и о
^يا я
^يو ю
^ي е и я
^ع а
^خ х
سكي$ ский ски
وفيتش$ ович
وفا$ ова
يفا$ ева
وف$ ов оф
يف$ ев иф
وفسك овск
ينكو$ енко инко
تشوف$ чев чов
تش ч
تسك цк тск
تس ц тс
شتا ста шта
شت ст шт
شينكو$ шенко
شي ше чи ши
كس кс
وي ой уи
وان ован уан
يا иа я ья
يو ио ю
اي ай ей аи
او ау ао
ني$ ни ный ний
يه$ ие
ه$ е а
ا а
ب б п
ت т
ث т с
ج ж дж г
ح х
خ х
د д
ذ з д
ر р
ز з с
س с
ش ш ч
ص с
ض д
ط т
ظ з
ع - а
غ г
ف в ф
ق к
ك к
برغ$ берг
(?<=[بتثجحخدذرزسشصضطظغفقكلمنه])ن$ ен н
(?<=[بتثجحخدذرزسشصضطظغفقكلمنه])ر$ ер р
(?<=[بتثجحخدذرزسشصضطظغفقكلمنه])ل$ ель л ел
ل(?=$|[كتسدزبن]) л ль
ل л
م м
ن н
ه х г
ة а
و(?=[اي]) в
و о у
ى а
ين$ ин ен
ي$ и ый
ي(?=.) е и
ي и
ئ е -
ء -
پ п
چ ч
ژ ж
گ г
ڤ в
"""
_TO_GREEK = r"""
ск[иы]й$|ський$ σκι
[иы]й$ ι
ов$ οφ
ев$ εφ
ав$ αφ
эв$ εφ
^е|^є γε
^я για
айе αϊε
ай|эй αι
ей ει αι
ой οι
ю ιου ου
ья|я ια
[ёо] ο
а α
э ε α
е|є ε
[иії] ι
ы ι
у ου ο
мб μπ
нд ντ
нг νγκ
б μπ
в β ου
г γκ γ χ
ґ γκ
дж τζ
д ντ δ
ж ζ
з ζ
й ι
к κ
л λ
м μ
н ν
п π
р ρ
с$ ς
с σ
т τ θ
ф φ
х χ
ц$ τς
ц τσ
ч τσ
ш σ
щ στσ
ь -
ъ -
' -
- -
"""
_FROM_GREEK = r"""
σκι$ ский ски
οφ$ ов оф
εφ$ ев еф
ης$ ис
^γε е ге
^γι и ги
^γιου ю
για я гиа
ινσκ инск
τσι чи ци
τσκ цк чк
τσοφ$ чов чев
τσ ц ч
τς$ ц тц
τζ дж ж
μπ б п мб
^ντ д
ντ д нт нд
νγκ нг
γκ г нг
ου у ю
αι ай э ей
ει ей и
οι ой и
ευ ев эв
αυ ав
ια иа ья я
ιου ю иу
α а
β в
γ г
δ д
^ε э е
ε е э
ζ з ж
η и
θ т с
ι$ и ый
ι и
κ к
λσ льс лс
λ л ль
μ м
ν н
ξ кс
ο о
π п
ρ р
σ с ш
ς с
τ т
υ и
φ ф
χ х
ψ пс
ω о
"""
_TABLES = {
    ("cyrillic", "arabic"): _TO_ARABIC,
    ("arabic", "cyrillic"): _FROM_ARABIC,
    ("cyrillic", "greek"): _TO_GREEK,
    ("greek", "cyrillic"): _FROM_GREEK,
}


@cache
def _table(source: str, target: str) -> SpellingRules:
    return SpellingRules(_TABLES[source, target])


@lru_cache(maxsize=4096)
def cyrillic_arabic_greek_spellings(word: str, source: str, target: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case spellings of a word of one script in another, with their costs."""
    letters = fold(word)
    # Neither Arabic nor, in foreign names, Greek doubles letters.
    single = "".join(letter for at, letter in enumerate(letters) if at == 0 or letter != letters[at - 1])
    return tuple(_table(source, target).spell(single, 8))
