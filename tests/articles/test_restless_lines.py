"""Counters, clocks and advertisements of a page are told from what its article says."""

from __future__ import annotations

import pytest

from monitor.articles import at_rest
from monitor.articles.restless_lines import is_restless
from monitor.model import Article


@pytest.mark.parametrize(
    "line",
    [
        "1,077 views",
        "Views: 1.2K",
        "Updated 7 minutes ago",
        "Last updated at 10:35 AM GMT on Monday, 30 November 2026",
        "Опубликовано 30 ноября 2026, 10:35 (МСК)",
        "Published Monday at 14:00",
        "Stand: 30. November 2026, 14:00 Uhr",
        "Publié le lundi 30 novembre à 10:35",
        "Read more: Ships wait in the harbour",
        "Читайте также: порт закрыт",
        "Advertisement – continue below",
        "Обновлён 5 минут назад",
        "1 234 просмотра",
        "Просмотров: 55",
        "Оновлено о 12:40",
        "Güncellendi: 3 dk önce",
        "١٢ مشاهدة",
        "Vor 5 Minuten aktualisiert",
        "Il y a 5 minutes",
        "Hace 2 horas",
        "2 ore fa",
        "3 godz. temu",
        "阅读 1,234",
        "5分钟前",
        "조회수 1,234",
        "USD 81.12 · EUR 94,50",
        "Курс USD 81,12",
        "ADVERTISEMENT The valley of the painters is sold out.",
        "Реклама: лучшие окна города",
        "Anzeige",
        "إعلان",
        "Subscribe to our newsletter: what was new this week, in a letter that has as many words as a paragraph has "
        "where an outlet is so proud of what it wrote there that it fills several lines with it.",
    ],
)
def test_a_line_that_changes_by_itself_is_restless(line: str) -> None:
    assert is_restless(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Updated",
        "Killed: 15",
        "15 people",
        "Ten were shot 20 minutes ago.",
        "The damage rose from 1.5 to 15 million.",
        "The video has 1,077 views on the ministry's channel.",
        "Tuesday, 15 March",
        "Doors open at 19:30",
        "Fine: USD 500",
        "15 years",
        "Advertisement revenue fell by 5 percent.",
        "Реклама подорожала на 5 процентов.",
        "Readers subscribe to our newsletter.",
        "Brent: 75.12, and falling",
        "Friday, 4 December, 20:00",
        "Monday at 14:00",
        "Time: 14:00",
        "Lunes y martes a las 20:00",
        "в понедельник в 14:00",
        "Donnerstag, 3. Dezember, 20:00 Uhr",
        "Perşembe saat 20:00",
        "See also the ruling of the court, which frees all 14 defendants.",
        "Read more about the arrested minister, who died on Monday",
        "See also what the minister said.",
        "Читайте также приговор суда, который освободил в понедельник всех четырнадцать подсудимых",
        "ADVERTISING WATCHDOG FINES BANK",
        "ADVERTISING The watchdog has fined a bank.",
        "SPONSORED BILL PASSES",
        "REKLAM KURULU CEZA KESTI",
        "إعلان الحكومة عن استقالة الوزير",
        "Anzeige: Der Minister soll am Montag einen Zeugen bedroht haben, sagt die Polizei.",
    ],
)
def test_what_may_be_news_is_not(line: str) -> None:
    assert not is_restless(line)


def test_an_article_at_rest_is_without_such_lines_and_parts_of_lines() -> None:
    body = "By Ann Lee · Updated 7 minutes ago\nShips wait.\n1,077 views\n\nThey wait for 5 days."
    article = Article("news", "https://news.test/1", "55 views", lead="Ships wait.\n5 comments", body=body)
    resting = at_rest(article)
    assert (resting.title, resting.lead) == ("55 views", "Ships wait.")
    assert resting.body == "By Ann Lee\nShips wait.\n\nThey wait for 5 days."
