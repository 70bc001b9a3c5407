"""Tell an edit from what changes on a page by itself: counts of readers, clocks, exchange rates, advertisements.

Own heuristic and own tables, from the wording of news sites in Russian, Ukrainian, Turkish, Arabic, English, German,
French, Spanish, Italian, Polish, Chinese, Japanese and Korean. A line is only left aside if nothing else stands in it:
a number within a sentence is news, and so is a time that does not say it is the page's own.
"""

from __future__ import annotations

import re
from functools import cache

from monitor.articles.event_signs import is_calendar_word
from monitor.articles.page_boxes import is_brief, leads_elsewhere
from monitor.articles.wall_phrases import phrases_of
from monitor.model import Article
from monitor.text import tokenize

# What is counted, measured from now, or said of the page's own time, and the currencies of a line of rates: one of them
# makes a line such a one.
_COUNTED = """
view views read reads reader readers viewer viewers comment comments like likes share shares repost reposts retweets
follower followers play plays ago updated published posted usd eur gbp rub uah try cny jpy chf pln
просмотр просмотра просмотров просмотры прочтений прочтения комментарий комментария комментариев комментарии лайк лайка
лайков репост репоста репостов назад обновлено обновлен обновлена опубликовано
перегляд перегляди переглядів коментар коментарі коментарів тому оновлено опубліковано вподобань поширень
görüntülenme görüntüleme okunma izlenme yorum beğeni paylaşım önce güncellendi güncelleme yayınlanma
مشاهدة مشاهدات قراءة تعليق تعليقات منذ تحديث مشاركة
aufrufe aufruf leser kommentar kommentare aktualisiert veröffentlicht stand vor gelesen
vue vues lecture lectures commentaire commentaires partage partages jour publié
vista vistas visita visitas lectura lecturas comentario comentarios hace actualizado actualizada publicado compartido
visualizzazione visualizzazioni lettura letture commento commenti fa aggiornato aggiornata pubblicato condivisioni
wyświetlenie wyświetlenia wyświetleń odsłon odsłony komentarz komentarze komentarzy temu zaktualizowano aktualizacja
opublikowano
浏览 浏览量 阅读 阅读量 点击 评论 分钟前 小时前 更新 分前 時間前 閲覧 조회 조회수 댓글 전
"""
# What else may stand in such a line.
_BESIDE = """
second seconds sec secs minute minutes min mins hour hours hr hrs day days week weeks h m s d k mln just now last update
at on the a an time this page article total only am pm gmt utc cet cest est edt et bst msk online by
секунд секунды секунду минут минуты минуту мин час часа часов ч дня день дней неделю недели мск тыс в в последнее
статью статьи раз курс доллара доллар евро юаня
секунду хвилин хвилини хвилину хв годин години годину год днів дні тис о востаннє
saniye dakika dk saat gün hafta son bin saat dolar euro
ثانية دقيقة دقائق ساعة ساعات يوم ايام اخر عدد من مرة
sekunden minute minuten std stunde stunden tag tagen wochen uhr um am zuletzt der die den mal
seconde secondes heure heures jours semaine semaines il y a mis à le dernière mise fois
segundos minuto minutos hora horas día días semana semanas última actualización el la las a de veces
secondi minuti ora ore giorno giorni settimana il alle ultimo aggiornamento alle volte
sekund sekundy minuta minuty minut godzina godziny godzin godz dni dzień tydzień ostatnia o razy
次 于 时间 数 回 회 분 시간
"""
_LABELS = """
advertisement | sponsored | sponsored content | promoted | paid content | на правах рекламы | реклама партнера
партнерский материал | на правах реклами | sponsorlu içerik | contenu sponsorisé | contenido patrocinado
contenuto sponsorizzato | materiał sponsorowany
"""
# Such labels that are also what news is about: advertising, a complaint to the police, an announcement.
_TOPICS = """
advertising | реклама | reklam | إعلان | اعلان | anzeige | werbung | publicité | publicidad | pubblicità | reklama
广告 | 広告 | 광고
"""
_LONGEST = 120
"""Characters of a counting line."""
_IL_Y_A = re.compile(r"(?<!\w)il y a(?!\w)", re.I)
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
    return _is_advertisement(line) or leads_elsewhere(line) or (len(line) <= _LONGEST and _counts(line))


def _is_advertisement(line: str) -> bool:
    """Whether a line is a label alone or before a few words, or begins with a label in capitals that the rest lacks."""
    before_little, in_capitals = _advertisement()
    if found := before_little.match(line):
        return is_brief(found["rest"])
    found = in_capitals.match(line)
    return bool(found and found["next"].istitle())


def _counts(line: str) -> bool:
    words = tokenize(line).words
    letters = {word for word in words if not any(map(str.isdigit, word))}
    counted, beside = _tables()
    if letters.issuperset(words) or not all(map(is_calendar_word, letters - counted - beside)):
        return False
    return not counted.isdisjoint(letters) or bool(_IL_Y_A.search(line))


@cache
def _tables() -> tuple[frozenset[str], frozenset[str]]:
    counted, beside = (frozenset(tokenize(table).words) for table in (_COUNTED, _BESIDE))
    return counted, beside


@cache
def _advertisement() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a line that is a label, alone or before a colon or dash, and of one before a sentence."""
    labels, topics = (sorted(phrases_of(table), key=len, reverse=True) for table in (_LABELS, _TOPICS))
    return (
        re.compile(
            rf"\W{{0,3}}(?:{'|'.join((*labels, *topics))})(?:\s*[:：|]|\s+[–—-]\s|(?=\W{{0,3}}\Z))(?P<rest>.*)", re.I
        ),
        re.compile(rf"\W{{0,3}}(?:{'|'.join(map(str.upper, labels))})\s+(?P<next>\w\w+)"),
    )
