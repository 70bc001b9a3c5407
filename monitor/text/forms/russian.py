"""Case endings of Russian surnames, given names and places that no dictionary knows."""

from __future__ import annotations

from monitor.text.forms.endings import Endings

MASCULINE = Endings(r"""
[ое]вич               0  а у ем е
[её]в|ов              0  а у ым е ~ом
[иы]н                 0  а у ым ом е
[сц]кий               2  ого ому им ом
[гкх]ий               2  ого ому им ом ~ия ~ию ~ием
ний                   2  его ему им ем ия ию ием ии
[жшчщ]ий              2  его ему им ем
ий                    1  я ю ем и
ый                    2  ого ому ым ом
[жшчщ]ой              2  ого ому им ом ~оя ~ою ~оем ~ое
ой                    2  ого ому ым им ом оя ою оем ое
[аеёоуыэюяи]й         1  я ю ем е
[ыи]х                 0  ~а ~у ~ом ~е
(?<=[^аеёиоуыэюяц])[её]ц   2  ца цу цем цом це еца ецу ецем еце
[лн][её]к             2  ька ьку ьком ьке ека еку еком еке
[аеёиоуыэюя][её]к     2  йка йку йком йке ека еку еком еке
(?<=[^аеёиоуыэюя])[её]к  2  ка ку ком ке ека еку еком еке
(?<=[^аеёиоуыэюя])ок  2  ка ку ком ке ока оку оком оке
[её]ль                1  я ю ем е ~и ~ью
[жшчщ]                0  а у ем ом е
ц                     0  а у ем ом е
[бвгдзклмнпрстфх]     0  а у ом е
ь                     1  я ю ем е и ью
[ое]в[оа]             1  а у ом е ~ы ~ой
[иы]н[оа]             1  а у ом е ~ы ~ой
[её]нко|[иы]|[уюэе]   0  -
ия                    1  и ю ей
[гкх]а                1  и е у ой ою
[жшчщ]а               1  и е у ей ой
ца                    1  ы е у ей ой
[бвдзлмнпрстф]а       1  ы е у ой ою
[аеиоуыэюя]а          1  ~ы ~е ~у ~ой
[лнрстдвзбмпфьъ]я     1  и е ю ей ёй
[аеёиоуыэюя]я         1  и е ю ей
о                     0  -
""")
FEMININE = Endings(r"""
([ое]в|[её]в|[иы]н)а  1  ой ою у
[сцгкх]кая            2  ой ою ую
ая                    2  ой ей ую ою
яя                    2  ей юю ею
""")
PLURAL = Endings(r"""
[ое]в|[её]в           0  ы ых ым ыми
[иы]н                 0  ы ых ым ыми
[гкхжшчщ]ий|кой       2  ие их им ими
[ыо]й                 2  ые ых ым ыми
""")
PLURAL_ITSELF = Endings(r"""
([ое]в|[её]в|[иы]н)ы  1  ых ым ыми
[гкх]ие               2  их им ими
ые                    2  ых ым ыми
[гкхжшчщ]и            1  ~- ам ами ах ~ов ~ей
ы                     1  - ам ами ах ов
и                     1  ~ь ~ей ям ями ях
""")


def surname_shape(word: str) -> str:
    """`feminine`, `masculine` or empty: what the ending of a lower-case surname alone says."""
    if FEMININE.inflect(word):
        return "feminine"
    return "masculine" if PLURAL.inflect(word) else ""


def feminine_of(word: str) -> list[tuple[str, float]]:
    """The feminine pair of a lower-case masculine surname, in every case; empty where there is none."""
    if word.endswith(("ов", "ев", "ёв", "ин", "ын")):
        base = word + "а"
    elif word.endswith(("ский", "цкий", "ской", "ый", "ой", "кий")):
        base = word[:-2] + "ая"
    else:
        return []
    return [(base, 0.95), *FEMININE.inflect(base)]
