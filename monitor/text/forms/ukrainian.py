"""Case endings of Ukrainian surnames, given names and places that no dictionary knows, the vocative among them."""

from __future__ import annotations

from monitor.text.forms.endings import Endings

MASCULINE = Endings(r"""
[оеє]вич              0  а у еві ем і ~у ~е
[оеєї]в|ов            0  а у им ом ові і е
ів                    2  іва іву івим івом івові іві іве ова ову овим овом ові ове ева еву евим евом еві
їв                    2  їва їву ївим ївом їві їве єва єву євим євом єві єве
[иії]н                0  а у им ом ові і е
[сцз]ький             2  ого ому им ім
(?<=[бвгдзклмнпрстфхжшчщ])ий  2  ого ому им ім
[аеиоуюя]й            1  я ю єві єм ї ~є
[ії]й                 1  я ю єві єм ї ~є
(?<=[^аеєиіїоуюя])ець 3  ця цю цеві цем ці че
[аеєиіїоуюя]єць       3  йця йцю йцеві йцем йці йче
[аеєиіїоуюя]ць        1  я ю еві ем і ~ю
(?<=[^аеєиіїоуюя])ок  2  ка ку кові ком оку ока окові оком
[иіуаяюо]к            1  ка ку кові ком ~че ~ці
к                     0  а у ові ом ~у
(?<=[^аеєиіїоуюя])ень 3  ня ню неві нем ні еня еню енем
г                     0  а у ові ом ~у ~е
х                     0  а у ові ом ~у ~е
[жшчщ]                0  а у еві ем і ~е ~у
ц                     0  а у еві ем і ~ові ~ом ~е
[аи]р                 0  а у ові ом і е ~я ~ю ~еві ~ем
ор                    0  а у ові ом і е ~я ~ю ~еві ~ем
[бвґдзлмнпрстф]       0  а у ові ом і е
ь                     1  я ю еві ем і ~ю ~і
ко|[гґх]о             1  а у ові ом ~о
[бвдзлмнпрстф]о       1  а у ові ом і ~е
ія                    1  ї ю єю ~є
[аеєоуюя]я            1  ї ю єю ~є
га                    2  ги зі гу гою го
ка                    2  ки ці ку кою ко
ха                    2  хи сі ху хою хо
ґа                    2  ґи зі ґу ґою ґо
[жшчщ]а               1  і у ею ~и ~е
ця                    1  і ю ею ~е
я                     1  і ю ею ~е
[оеє]в[а]             1  и і у ою о ~ої ~ій
[иії]на               1  и і у ою о ~ої ~ій
[аеєиіїоуюя]а         1  ~и ~ї ~у ~ою
[бвдзлмнпрстф]а       1  и і у ою о
[еєиіїуюо]            0  -
""")
FEMININE = Endings(r"""
([оеєіїё]в|[иії]н)а   1  ої ій у ою о
[сцз]ька              1  ої ій у ою
(?<=[бвгдзклмнпрстфх])ая  2  ої ій у ою
""")
PLURAL = Endings(r"""
([оеєі]в|[їё]в|[иії]н)  0  и их им ими
[сцз]ький             2  і их им ими
ий                    2  і их им ими
""")
PLURAL_ITSELF = Endings(r"""
([оеєі]в|[їё]в|[иії]н)и  1  их им ими
[сцз]ькі              1  их им ими
[гкх]и                1  ~- ам ами ах ~ів
и                     1  ~- ам ами ах ~ів
і                     1  ~ь ~ей ~їв ~ям ~ями ~ях
""")


def surname_shape(word: str) -> str:
    """`feminine`, `masculine` or empty: what the ending of a lower-case surname alone says."""
    if FEMININE.inflect(word):
        return "feminine"
    return "masculine" if PLURAL.inflect(word) else ""


def feminine_of(word: str) -> list[tuple[str, float]]:
    """The feminine pair of a lower-case masculine surname, in every case; empty where there is none."""
    if word.endswith(("ов", "ев", "єв", "їв", "ін", "їн", "ин")):
        base = word + "а"
    elif word.endswith("ий"):
        base = word[:-2] + "а"
    else:
        return []
    return [(base, 0.95), *FEMININE.inflect(base)]
