"""Tell an edit from what changes on a page by itself: counts of readers, clocks, exchange rates, advertisements.

Own heuristic and own tables, from the wording of news sites in Russian, Ukrainian, Turkish, Arabic, English, German,
French, Spanish, Italian, Polish, Chinese, Japanese and Korean. A line is only left aside if nothing else stands in it:
a number within a sentence is news.
"""

from __future__ import annotations

import re
from functools import cache

from monitor.articles.event_signs import is_calendar_word
from monitor.articles.page_boxes import leads_elsewhere
from monitor.model import Article
from monitor.text import tokenize

# What is counted, or measured from now, and the currencies of a line of rates: one of them makes a line such a one.
_COUNTED = """
view views read reads reader readers viewer viewers comment comments like likes share shares repost reposts retweets
follower followers play plays ago updated usd eur gbp rub uah try cny jpy chf pln
просмотр просмотра просмотров просмотры прочтений прочтения комментарий комментария комментариев комментарии лайк лайка
лайков репост репоста репостов назад обновлено обновлен обновлена
перегляд перегляди переглядів коментар коментарі коментарів тому оновлено вподобань поширень
görüntülenme görüntüleme okunma izlenme yorum beğeni paylaşım önce güncellendi güncelleme
مشاهدة مشاهدات قراءة تعليق تعليقات منذ تحديث مشاركة
aufrufe aufruf leser kommentar kommentare aktualisiert vor gelesen
vue vues lecture lectures commentaire commentaires partage partages y jour
vista vistas visita visitas lectura lecturas comentario comentarios hace actualizado actualizada compartido
visualizzazione visualizzazioni lettura letture commento commenti fa aggiornato aggiornata condivisioni
wyświetlenie wyświetlenia wyświetleń odsłon odsłony komentarz komentarze komentarzy temu zaktualizowano aktualizacja
浏览 浏览量 阅读 阅读量 点击 评论 分钟前 小时前 更新 分前 時間前 閲覧 조회 조회수 댓글 전
"""
# What else may stand in such a line.
_BESIDE = """
second seconds sec secs minute minutes min mins hour hours hr hrs day days week weeks h m s d k mln just now last update
at on the a an time this page article total only am pm gmt utc cet cest est edt et bst msk online published posted by
секунд секунды секунду минут минуты минуту мин час часа часов ч дня день дней неделю недели мск тыс в в последнее
опубликовано статью статьи раз курс доллара доллар евро юаня
секунду хвилин хвилини хвилину хв годин години годину год днів дні тис о опубліковано востаннє
saniye dakika dk saat gün hafta son bin saat yayınlanma dolar euro
ثانية دقيقة دقائق ساعة ساعات يوم ايام اخر عدد من مرة
sekunden minute minuten std stunde stunden tag tagen wochen uhr um am zuletzt stand der die den mal
seconde secondes heure heures jours semaine semaines il a mis à le dernière mise fois
segundos minuto minutos hora horas día días semana semanas última actualización el la las a de veces
secondi minuti ora ore giorno giorni settimana il alle ultimo aggiornamento alle volte
sekund sekundy minuta minuty minut godzina godziny godzin godz dni dzień tydzień ostatnia o razy
次 于 时间 数 回 회 분 시간
"""
_ADVERTISEMENT = """
advertisement | advertising | sponsored | sponsored content | promoted | paid content | реклама | на правах рекламы
реклама партнера | партнерский материал | на правах реклами | reklam | sponsorlu içerik | إعلان | اعلان | anzeige
werbung | publicité | contenu sponsorisé | publicidad | contenido patrocinado | pubblicità | contenuto sponsorizzato
reklama | materiał sponsorowany | 广告 | 広告 | 광고
"""
_LONGEST = 120
"""Characters of a counting line."""
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?!\d)")
_DOT = " · "


def at_rest(article: Article) -> Article:
    """Return an article without the lines that change by themselves, and such parts of lines that a dot divides."""
    return article._replace(lead=_resting(article.lead), body=_resting(article.body))


def _resting(text: str) -> str:
    # A blank line divides the feed's words from the page's.
    lines = ((line, _DOT.join(part for part in line.split(_DOT) if not is_restless(part))) for line in text.split("\n"))
    return "\n".join(resting for line, resting in lines if resting or not line)


def is_restless(line: str) -> bool:
    """Whether a line counts readers, tells when the page was updated, what money is worth, or is an advertisement."""
    return bool(_advertisement().match(line) or leads_elsewhere(line)) or (len(line) <= _LONGEST and _counts(line))


def _counts(line: str) -> bool:
    words = tokenize(line).words
    letters = {word for word in words if not any(map(str.isdigit, word))}
    counted, beside = _tables()
    if letters.issuperset(words) or not all(map(is_calendar_word, letters - counted - beside)):
        return False
    return bool(_CLOCK.search(line)) or not counted.isdisjoint(letters)


@cache
def _tables() -> tuple[frozenset[str], frozenset[str]]:
    counted, beside = (frozenset(tokenize(table).words) for table in (_COUNTED, _BESIDE))
    return counted, beside


@cache
def _advertisement() -> re.Pattern[str]:
    """Return the pattern of a line that begins with such a label: alone, before a colon or dash, or in capitals."""
    labels = sorted((one.strip() for one in re.split(r"[|\n]", _ADVERTISEMENT) if one.strip()), key=len, reverse=True)
    alone, capitals = ("|".join(map(re.escape, some)) for some in (labels, map(str.upper, labels)))
    return re.compile(rf"\W{{0,3}}(?:(?i:{alone})(?:\s*[:：|]|\s+[–—-]\s|\W{{0,3}}\Z)|(?:{capitals})(?!\w))")
