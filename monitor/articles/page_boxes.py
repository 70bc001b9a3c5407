"""Leave out of a page's text the boxes between and below its paragraphs: other articles, and calls to subscribe."""

from __future__ import annotations

import re
from functools import cache

from monitor.articles.wall_phrases import phrases_of

# Own tables, from the wording of news sites in Russian, Ukrainian, Turkish, Arabic, English, German, French, Spanish,
# Italian and Polish. A call to read on or to subscribe begins a line of its own; a heading stands alone or before a
# colon.
_CALLS = """
read also | also read | read more | read next | see also | you may also like | you might also like
читайте также | читать также | читайте ещё | читайте еще | смотрите также
читайте також | читати також | дивіться також
ayrıca okuyun | bunu da oku | bunlar da ilginizi çekebilir | ilginizi çekebilir
اقرأ أيضا | اقرأ أيضًا | إقرأ أيضا | اقرأ المزيد
lesen sie auch | lesen sie mehr | das könnte sie auch interessieren
lire aussi | à lire aussi | à lire également | lire également
lea también | lee también | te puede interesar
leggi anche | leggi pure | potrebbe interessarti | ti potrebbe interessare
czytaj także | czytaj też | czytaj również | przeczytaj także | zobacz także | zobacz też | zobacz również
"""
_APPEALS = """
follow us on | sign up for our | sign up to our | subscribe to our
подписывайтесь на | подпишитесь на | підписуйтесь на | підписуйтеся на | підпишіться на
bültenimize abone ol | bültenimize kaydol
تابعونا على | اشترك في نشرتنا | اشتركوا في نشرتنا
abonnieren sie unseren | bestellen sie unseren newsletter
inscrivez-vous à notre | abonnez-vous à notre
suscríbete a nuestro | suscríbete a nuestra
iscriviti alla nostra
zapisz się na nasz
"""
_HEADINGS = """
more on this | more on this story | related | related articles | related stories | related topics | recommended
most read
по теме | материалы по теме | ещё по теме | самое читаемое | поделиться
за темою | матеріали за темою | поділитися
ilgili haberler | diğer haberler
مواضيع ذات صلة | أخبار ذات صلة | شارك الخبر
auch interessant | mehr zum thema | mehr dazu
sur le même sujet | à découvrir aussi
más información | noticias relacionadas
articoli correlati
udostępnij
"""
# Words of a line that is a headline or an appeal, headlines of such a box, and words of a call that is surely no text.
_HEADLINE, _BOX, _CALL = 25, 12, 8
_SENTENCE_END = re.compile(r"[.!?…۔؟][\"”»’)]?\Z")


@cache
def _label() -> re.Pattern[str]:
    """Return the pattern of a line that begins with a call or a heading."""
    calls, appeals, headings = (
        "|".join(sorted(phrases_of(table), key=len, reverse=True)) for table in (_CALLS, _APPEALS, _HEADINGS)
    )
    return re.compile(
        rf"\W{{0,3}}(?:(?:{calls})(?!\w)|(?P<appeal>{appeals})(?!\w)|(?:{headings})(?=\s*(?:[:：|–—]|\W{{0,3}}\Z)))(?P<rest>.*)",
        re.I,
    )


def leads_elsewhere(line: str) -> bool:
    """Whether a line, however long, begins with a call to subscribe, or is a few words that lead to other articles.

    A sentence that begins with "Read more about the minister" is text.
    """
    label = _label().match(line)
    return bool(label and (label["appeal"] or is_brief(line)))


def is_brief(line: str) -> bool:
    """Whether a line has few words, and does not end like a sentence."""
    return len(line.split()) <= _CALL and not _SENTENCE_END.search(line)


def without_boxes(text: str) -> str:
    """Return a text of lines without those that lead elsewhere, and without the headlines below a label that is alone.

    A longer line is a paragraph, and stays; so does what ends like a sentence below a label.
    """
    kept: list[str] = []
    left = 0
    for line in text.split("\n"):
        is_short = len(line.split()) <= _HEADLINE
        label = _label().match(line) if is_short else None
        if label:
            left = 0 if re.search(r"\w", label["rest"]) else _BOX
        elif left and is_short and (line.startswith("- ") or not _SENTENCE_END.search(line)):
            left -= 1
        else:
            left = 0
            kept.append(line)
    return "\n".join(kept)
