"""Pages of news that we wrote: six languages in four layouts, and the word F1 by which extraction is judged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

TEXTS = {
    "en": (
        "Ferry talks end without a date",
        "Representatives of both shipping companies met for six hours on Thursday and left without a date for the next round.",
        "The ferry has not crossed the strait since the storm of last October tore away the old landing stage at Millhaven.",
        "“We shall sail when the stage is safe, and not a day before,” said the harbour master, who had inspected it himself.",
        "Shopkeepers on the island say that they have lost a third of their summer guests and fear for the coming season.",
    ),
    "ru": (
        "Переговоры о пароме закончились без даты",
        "Представители обеих судоходных компаний совещались в четверг шесть часов и разошлись, не назвав дня новой встречи.",
        "Паром не пересекает пролив с октября прошлого года, когда шторм сорвал старый причал в Мельничной гавани.",
        "«Мы выйдем в море, когда причал будет безопасен, и ни днём раньше», — сказал начальник порта, осмотрев его лично.",
        "Торговцы на острове говорят, что потеряли треть летних гостей, и опасаются за предстоящий сезон.",
    ),
    "uk": (
        "Переговори про пором завершилися без дати",
        "Представники обох судноплавних компаній радилися в четвер шість годин і розійшлися, не назвавши дня зустрічі.",
        "Пором не перетинає протоку з жовтня минулого року, коли шторм зірвав старий причал у Млинівській гавані.",
        "«Ми вийдемо в море, коли причал буде безпечним, і ні на день раніше», — сказав начальник порту після огляду.",
        "Крамарі на острові кажуть, що втратили третину літніх гостей, і побоюються за наступний сезон.",
    ),
    "tr": (
        "Feribot görüşmeleri tarih belirlenmeden bitti",
        "İki denizcilik şirketinin temsilcileri perşembe günü altı saat görüştü ve yeni tur için gün belirlemeden ayrıldı.",
        "Geçen ekim ayındaki fırtına Değirmen limanındaki eski iskeleyi söktüğünden beri feribot boğazı geçmiyor.",
        "“İskele güvenli olunca denize açılırız, bir gün bile erken değil” diyen liman başkanı iskeleyi kendisi inceledi.",
        "Adadaki esnaf yaz konuklarının üçte birini kaybettiğini söylüyor ve gelecek mevsim için kaygılanıyor.",
    ),
    "de": (
        "Gespräche über die Fähre enden ohne Termin",
        "Vertreter beider Reedereien berieten am Donnerstag sechs Stunden lang und gingen ohne neuen Termin auseinander.",
        "Die Fähre hat die Meerenge nicht mehr überquert, seit der Sturm im Oktober den alten Anleger in Mühlhafen losriss.",
        "„Wir fahren, wenn der Anleger sicher ist, und keinen Tag früher“, sagte der Hafenmeister, der ihn selbst geprüft hat.",
        "Die Händler auf der Insel haben nach eigenen Angaben ein Drittel ihrer Sommergäste verloren und bangen um die Saison.",
    ),
    "ar": (
        "محادثات العبّارة تنتهي من دون موعد",
        "اجتمع ممثلو شركتي الملاحة ست ساعات يوم الخميس ثم انصرفوا من دون تحديد موعد للجولة المقبلة من المحادثات.",
        "لم تعبر العبّارة المضيق منذ أن اقتلعت عاصفة تشرين الأول الماضي الرصيف القديم في ميناء الطاحونة.",
        "وقال مدير الميناء بعد أن فحص الرصيف بنفسه إن السفن ستبحر حين يصبح آمنا ولن تبحر قبل ذلك بيوم واحد.",
        "ويقول أصحاب المتاجر في الجزيرة إنهم فقدوا ثلث زوار الصيف ويخشون على الموسم المقبل من الخسارة نفسها.",
    ),
}
_MENU = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("Sport", "Kultur", "Погода", "Ekonomi", "Jobs"))
_BOX = "".join(f'<div class="teaser"><a href="/t/{n}">Teaser number {n} of another piece</a></div>' for n in range(9))
_COOKIES = "We and our partners keep cookies on your device; you can accept all of them or change your settings."
_COMMENT = "Nobody asked us readers, and I have said so in this column for many years, as everybody here knows well."


def _semantic(title: str, paragraphs: tuple[str, ...]) -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<header><nav><ul>{_MENU}</ul></nav></header><main><article><h1>{title}</h1>{body}</article>"
        f'<section class="comments"><h2>Comments</h2><p>{_COMMENT}</p></section></main>'
        f"<aside>{_BOX}</aside><footer>All rights reserved 2026. Imprint. Contact.</footer>"
    )


def _divs(title: str, paragraphs: tuple[str, ...]) -> str:
    body = "".join(f'<div class="par">{text}</div>' for text in paragraphs)
    return (
        f'<div id="cookie-banner"><p>{_COOKIES}</p></div><div class="menu"><ul>{_MENU}</ul></div>'
        f'<div class="wrap"><div class="headline"><h1>{title}</h1></div><div class="article-body">{body}</div></div>'
        f'<div class="related">{_BOX}</div><div class="footer">Imprint</div>'
    )


def _broken(title: str, paragraphs: tuple[str, ...]) -> str:
    body = "<br><br>".join(paragraphs)
    return f"<center><ul>{_MENU}</ul></center><table><tr><td><h2>{title}</h2><div class=story>{body}</td></tr></table>"


def _split(title: str, paragraphs: tuple[str, ...]) -> str:
    advert = '<div class="ad">Advertisement: <a href="/buy">buy this now</a></div>'
    body = advert.join(f"<p>{text[:40]}<b>{text[40:60]}</b>{text[60:]}</p>" for text in paragraphs)
    return (
        f'<nav>{_MENU}</nav><div class="post"><h1 class="title">{title}</h1><div class="byline">By our reporter</div>'
        f'<div class="entry-content">{body}</div><div class="share"><a href="#">Share</a></div></div>{_BOX}'
    )


LAYOUTS = {"semantic": _semantic, "divs": _divs, "broken": _broken, "split": _split}


def pages() -> Iterator[tuple[str, str, str]]:
    """A name, the page and the article's own text, for every language in every layout."""
    for language, (title, *paragraphs) in TEXTS.items():
        for name, layout in LAYOUTS.items():
            head = f'<head><meta charset="utf-8"><title>{title} - Daily</title><script>var a = "<p>no</p>";</script></head>'
            html = f"<!doctype html><html lang={language}>{head}<body>{layout(title, tuple(paragraphs))}</body></html>"
            yield f"{language} {name}", html, "\n".join(paragraphs)


def f1(found: str, wanted: str) -> float:
    """The harmonic mean of precision and recall over words, each counted as often as it stands."""
    there, asked = (Counter(re.findall(r"\w+", text)) for text in (found, wanted))
    total = sum(there.values()) + sum(asked.values())
    return 2 * sum((there & asked).values()) / total if total else 1.0
