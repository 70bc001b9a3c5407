"""A wall is told from a text by how much of it is the article's own, and by what speaks to the reader."""

from __future__ import annotations

import pytest

from monitor.articles.wall_phrases import PHRASES
from monitor.articles.wall_words import ADDRESS, ELSEWHERE, OTHERS, PAIRS, THIS_PAGE, TOPICS, VIDEO
from monitor.articles.walls import wall_before, wall_instead
from monitor.model import Article

ARTICLE = Article("news", "https://news.test/1", "Talks on the ferry", lead="Both companies met for six hours.")
ECHO = "Talks on the ferry\nBoth companies met for six hours."
SENTENCE = "The ferry has not crossed the strait since the storm of last October tore away its landing stage."
OFFER = "Subscribe now to continue reading."
BANNER = "We and our 842 partners store information on a device. Accept all"


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        (ECHO, ""),
        (f"{ECHO}\n{OFFER}", "paywall"),
        (f"{ECHO}\n{SENTENCE}\n{SENTENCE}\n{OFFER}", "paywall"),
        (f"{ECHO}\n" + f"{SENTENCE}\n" * 10 + OFFER, ""),
        (f"{ECHO}\n{SENTENCE}\nReaders see the words “{OFFER}” from Monday.", ""),
        (f"{ECHO}\n{BANNER}", "consent"),
        (f"{ECHO}\n{SENTENCE}\n{BANNER}", "consent"),
        (f"{ECHO}\n{SENTENCE}\n{SENTENCE}\n{BANNER}", ""),
        (f"{ECHO}\nPlease confirm that you are human. We value your privacy and our partners.", "captcha"),
    ],
)
def test_what_is_left_beside_the_words_of_a_wall_decides(text: str, wall: str) -> None:
    assert wall_before(text, "<html>", ARTICLE) == wall


@pytest.mark.parametrize(("stated", "wall"), [("false", "paywall"), ('"False"', "paywall"), ("true", "")])
def test_a_page_that_says_it_is_not_free_may_show_its_offer_beside_the_text(stated: str, wall: str) -> None:
    html = f'<html><script>{{"isAccessibleForFree": {stated}}}</script><body><aside>{OFFER}</aside></body>'
    assert wall_before(f"{ECHO}\n{SENTENCE}\n{SENTENCE}", html, ARTICLE) == wall


@pytest.mark.parametrize(
    ("offer", "is_wall"),
    [
        ("Register for free to continue reading.", True),
        ("للاطلاع على المقال كاملا، قم بالاشتراك", True),
        ("Зарегистрируйтесь, чтобы продолжить чтение.", True),
        ("Registrieren Sie sich kostenlos, um weiterzulesen.", True),
        ("The cash register rang while he sat reading the paper.", False),
        ("Thousands register to vote in the region each week.", False),
    ],
)
def test_an_offer_to_register_is_a_wall(offer: str, is_wall: bool) -> None:
    assert (wall_before(f"{ECHO}\n{SENTENCE}\n{offer}", "<html>", ARTICLE) == "paywall") is is_wall


def test_a_page_that_repeats_the_lead_alone_is_searched_as_a_whole() -> None:
    assert wall_before(ECHO, f"<body><p>{ECHO}</p><div>{OFFER}</div>", ARTICLE) == "paywall"


def test_the_words_for_readers_without_scripts_are_read() -> None:
    assert wall_instead("<noscript>You need to enable JavaScript to run this app.</noscript>") == "javascript"


def test_a_long_page_with_a_banner_is_no_wall() -> None:
    assert wall_instead(f"<p>{BANNER}</p>") == "consent"
    assert wall_instead(f"<p>{BANNER}</p>" + f"<p>{SENTENCE}</p>" * 60) == ""


@pytest.mark.parametrize(
    ("line", "wall"),
    [
        ("Please prove to our site that you are no bot.", "captcha"),
        ("The robot will prove its worth in snow, engineers confirm.", ""),
        ("Leider konnten wir die Seite nicht finden.", "error page"),
        ("Die Seite aus dem Kirchenbuch wurde nicht gefunden.", ""),
        ("Цей матеріал бачать тільки наші передплатники.", "paywall"),
        ("Bu yazıya yalnızca dijital aboneler erişebilir.", "paywall"),
        ("The company lost many subscribers who pay a month ahead.", ""),
        ("Subscribe to our newsletter to read more of this story.", ""),
        ("Not a subscriber yet? Every story is a pound per week.", "paywall"),
        ("Acceptez les cookies pour lire, ou abonnez-vous pour lire sans cookies.", "consent"),
        ("Nuestro sitio guarda cookies: elige si las acepta.", "consent"),
        ("Cookies were accepted by nine in ten visitors.", ""),
    ],
)
def test_a_line_of_a_wall_speaks_to_the_reader_or_of_its_page(line: str, wall: str) -> None:
    assert wall_before(f"{ECHO}\n{line}", "<html>", ARTICLE) == wall


@pytest.mark.parametrize(
    ("line", "wall"),
    [
        ("We see that you use an ad blocker. Turn it off and reload the page.", "captcha"),
        ("Пожалуйста, выключите блокировку рекламы на нашем сайте.", "captcha"),
        ("Будь ласка, вимкніть ваш блокувальник для нашого сайту.", "captcha"),
        ("Lütfen reklam engelleme eklentinizi devre dışı bırakın.", "captcha"),
        ("عذرا، يجب إيقاف مانع إعلانات المتصفح لتصفح هذا الموقع.", "captcha"),
        ("Bitte deaktivieren Sie Ihren Werbeblocker für diese Website.", "captcha"),
        ("Merci de désactiver votre bloqueur pour accéder à ce site.", "captcha"),
        ("Por favor, desactiva tu bloqueador de anuncios en este sitio.", "captcha"),
        ("Disattiva il tuo AdBlock per navigare questo sito.", "captcha"),
        ("Wyłącz AdBlock, bo nasz serwis żyje z reklam.", "captcha"),
        ("The full article is waiting for you in our app.", "login"),
        ("Полный текст материала вы найдёте в нашем мобильном приложении.", "login"),
        ("Повний текст статті ви знайдете в нашому мобільному додатку.", "login"),
        ("Haberin devamı için mobil uygulamamızı indirin, lütfen.", "login"),
        ("يرجى تحميل التطبيق لقراءة المقال.", "login"),
        ("Diesen Beitrag lesen Sie in der App weiter.", "login"),
        ("Cet article vous attend en intégralité dans notre appli.", "login"),
        ("Descarga nuestra app y sigue leyendo este artículo.", "login"),
        ("Questo articolo puoi leggerlo nella nostra app.", "login"),
        ("Ten artykuł możesz przeczytać w naszej aplikacji.", "login"),
        ("Sorry, this story isn't available in your location.", "error page"),
        ("К сожалению, эта страница недоступна в вашей стране.", "error page"),
        ("На жаль, цей матеріал недоступний у вашій країні.", "error page"),
        ("Bu haber ülkenizde görüntülenemiyor.", "error page"),
        ("عذرا، هذه الصفحة غير متوفرة في بلدك.", "error page"),
        ("Dieser Artikel ist in Ihrer Region leider nicht abrufbar.", "error page"),
        ("Cette page est indisponible dans votre pays.", "error page"),
        ("Lo sentimos, esta página no está disponible en tu región.", "error page"),
        ("Questo contenuto non è disponibile nella tua zona.", "error page"),
        ("Ta strona jest niedostępna w twoim kraju.", "error page"),
        ("Mit Pur Abo ohne Werbung lesen, oder akzeptieren Sie Cookies.", "consent"),
        ("The regulator told Google that its ad blocker had to be turned off in schools.", ""),
        ("Министерство обяжет магазины отключить блокировщики рекламы.", ""),
        ("The ministry's app was downloaded by a million readers of the paper.", ""),
        ("Приложение газеты скачали сто тысяч человек за неделю.", ""),
        ("The series is not available in the country, the channel said.", ""),
        ("Das Medikament ist in diesem Land nicht verfügbar, sagte der Minister.", ""),
    ],
)
def test_walls_of_apps_blockers_and_regions_are_told_from_reports_of_them(line: str, wall: str) -> None:
    assert wall_before(f"{ECHO}\n{line}", "<html>", ARTICLE) == wall
    assert wall_before(f"{ECHO}\n{SENTENCE}\n{SENTENCE}\n{SENTENCE}\n{line}", "<html>", ARTICLE) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Our video player is unavailable in your country.",
        "Please switch off your ad blocker if the video does not start.",
        "Please enable JavaScript to play this video.",
        "Dieses Video ist in Ihrem Land nicht verfügbar.",
        "Für das Video deaktivieren Sie bitte Ihren Adblocker.",
        "К сожалению, видео недоступно в вашей стране.",
        "Ваш блокировщик рекламы мешает видео: отключите его.",
        "На жаль, відео недоступне у вашому регіоні.",
        "Videoyu görmek için lütfen reklam engelleyicinizi devre dışı bırakın.",
        "عذرا، الفيديو غير متاح في بلدك.",
        "Désolé, la vidéo n'est pas disponible dans votre pays.",
        "You will find more stories in our app.",
        "In unserer App lesen Sie alle Artikel des Tages.",
        "Читайте больше статей и новостей в нашем приложении.",
        "Усі матеріали редакції читайте в нашому застосунку.",
        "Tüm haberleri mobil uygulamamızda okuyun.",
        "اقرأ جميع المقالات في تطبيقنا.",
        "Retrouvez tous nos articles dans notre appli.",
        "Puoi leggere tutti gli articoli nella nostra app.",
        "Więcej artykułów możesz przeczytać w naszej aplikacji.",
    ],
)
def test_a_line_of_a_video_or_of_an_app_with_other_articles_is_no_wall(line: str) -> None:
    assert wall_before(f"{ECHO}\n{line}", "<html>", ARTICLE) == ""
    assert wall_before(f"{ECHO}\n{SENTENCE}\n{line}", "<html>", ARTICLE) == ""


@pytest.mark.parametrize(
    ("line", "wall"),
    [
        ("Please turn off your ad blocker to use our site.", "captcha"),
        ("Dieser Beitrag ist in Ihrem Land nicht verfügbar.", "error page"),
        ("Продолжение материала ищите в нашем приложении.", "login"),
    ],
)
def test_a_wall_of_an_app_blocker_or_region_leaves_next_to_no_own_words(line: str, wall: str) -> None:
    assert wall_before(f"{ECHO}\nIt was the fourth time this year.\n{line}", "<html>", ARTICLE) == wall
    assert wall_before(f"{ECHO}\n{SENTENCE}\n{line}", "<html>", ARTICLE) == ""
    human = "Please confirm that you are human."
    assert wall_before(f"{ECHO}\n{SENTENCE}\n{line}\n{human}", "<html>", ARTICLE) == "captcha"


def test_a_paywall_below_more_text_needs_two_signs() -> None:
    offer = "Please consider a subscription."
    assert wall_before(f"{ECHO}\n{SENTENCE}\n{SENTENCE}\n{offer}", "<html>", ARTICLE) == "paywall"
    assert wall_before(f"{ECHO}\n{SENTENCE}\n{SENTENCE}\n{SENTENCE}\n{SENTENCE}\n{offer}", "<html>", ARTICLE) == ""


def test_who_wants_to_comment_may_have_to_log_in() -> None:
    assert wall_before(f"{ECHO}\nPlease log in to comment.", "<html>", ARTICLE) == ""
    assert wall_before(f"{ECHO}\nPlease log in.", "<html>", ARTICLE) == "login"


def test_one_sentence_about_another_paper_is_no_paywall() -> None:
    report = "Subscribers to other papers pay ten euros a month for each article that they read."
    assert wall_before(f"{ECHO}\n{report}\n{SENTENCE}\n{SENTENCE}", "<html>", ARTICLE) == ""


def test_the_phrases_are_in_lower_case_and_stand_once_in_a_kind() -> None:
    for kind, table in PHRASES.items():
        phrases = [one.strip() for line in table.strip().splitlines() for one in line.split("|")]
        assert phrases == [one.lower() for one in phrases], kind
        assert all(phrases), kind
        assert len(phrases) == len(set(phrases)), [one for one in phrases if phrases.count(one) > 1]
    pairs = [table for tables in PAIRS.values() for pair in tables for table in pair]
    for table in (*pairs, *TOPICS.values(), ADDRESS, THIS_PAGE, ELSEWHERE, VIDEO, OTHERS):
        assert all(
            one.strip() == one.strip().lower() != "" for line in table.strip().splitlines() for one in line.split("|")
        )
