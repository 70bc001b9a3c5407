"""Hold the words of which several stand in one line of a wall, in the languages of `wall_phrases`.

Own tables, made by hand. Each word is how words begin, in lower case.
"""

from __future__ import annotations

_SUBSCRIBE = """
subscri | abonn | ein abo | mit abo | digital-abo | plus-abo
suscri | abbona | subskry | prenumer | подпис | передплат | підпис | abone | اشترا
اشترك | الاشتراك | بالاشتراك | المشترك
للمشترك | بالمشترك | مشترك
abo abschließen | mitglied werden | become a member
premium | free trial
"""
_CONTENT = """
read | article | story | content | journalism | access | angebot | lesen | artikel | beitrag | inhalt | zugang
zugriff
lire | lecture
suite | contenu | accès | leer | leyendo | artículo | contenido | leggere | lettura | articolo | contenuto
czyta | przeczyta
artykuł | tekst | treść | dostęp | читат | чтени | читай | материал | стать | текст | доступ | матеріал | статт
oku | yazı
içerik | haber | قراءة | القراءة | للقراءة | المحتوى | محتوى | المادة | مادة | المقال | مقال
contenut | limit | unlimited | bez ograniczeń | решт | остальн | articoli | читать | lecture | erişebil
дочита | every story | all stories
"""
_OFFER = """
per month | a month | per week | a week | for 4 weeks | cancel anytime | cancel any time | free trial
keep reading for
im monat | pro monat | pro woche | jederzeit kündbar | kostenlos testen | par mois | sans engagement | al mes
cancela cuando
al mese | disdici quando | miesięcznie | zł | в месяц | за 1 рубль | на місяць | гривн | ayda | aylık | شهريا
start your free trial | probeabo | le premier mois | el primer mes | il primo mese
a free account | for free | free article | mit plus | kostenlos | gratuit | gratis | darmow | bezpłatn
бесплатн
безкоштовн | ücretsiz | مجان | тариф | tarif | plans start | premium | € | £ | $ | ₽ | ₴ | ₺
"""
_ONLY = """
only | exclusively | nur | exklusiv | ausschließlich | réservé | exclusivement | uniquement | solo para
exclusivo
riservat | solo per | esclusiv | tylko | wyłącznie | только | исключительно | лише | тільки | виключно | sadece
yalnızca
özel | فقط | حصري | خاص | necessario | necesitas
"""
_PAGE = """
page | link | content | article | website | seite | artikel | inhalt | contenu | lien | página | contenido
pagina | contenuto
stron | artykuł | страниц | материал | сторінк | матеріал | sayfa | içerik | صفحة | الصفحة | المحتوى | الموقع
enlace | noticia
"""
_MISSING = """
not found | couldn't find | could not find | can't find | cannot find | been removed | been deleted | been moved
be broken
no longer exists | doesn't exist | does not exist | nicht finden | nicht gefunden | gelöscht | verschoben
existiert nicht
introuvable | n'existe | supprimé | déplacé | no existe | no encontr | eliminad | non esiste
non è stata trovata | rimoss
nie istnieje | nie znale | usunięt | не найден | не существует | удален | удалён | не знайден | не існує
видален
bulunamad | kaldırıl | mevcut değil | غير موجود | لم يتم العثور | حذف | لم نعثر
nicht mehr | plus disponible | no longer available | non è più | spostat | znaleźć | العثور على
змогли знайти | перенес | переміст | перемещ | moved | broke
roto | gibt es nicht | something went wrong | schiefgelaufen
"""
_VERIFY = """
verify | verifying | confirm | prove | bestätig | vérifi | confirme | verifi | conferma | dimostra | potwierd
подтверд | докаж
підтверд | доведіть | doğrula | kanıtla | تأكيد | تحقق | التحقق | أثبت | إثبات
"""
_HUMAN = """
human | robot | a bot | no bot | un bot | kein bot | a person | una persona | a machine | security check
mensch | humain | umano | człowiek | робот | человек | людин | insan | روبوت | إنسان | بشر
"""
_SIGN_IN = """
log in | sign in | logged in | registered | anmelden | einloggen | melden sie sich | registriert
connectez-vous | connecté
inicia sesión | inicie sesión | regístrate | accedi | registrati | zaloguj | zarejestruj | войдите | авториз
зарегистрирован
увійти | увійдіть | зареєстрован | giriş yap | üye ol | تسجيل الدخول | سجل الدخول
registrad | سجل دخول
login | входа | логин | логін | вход на
zalogowan
"""
_MEMBERS = """
to view | to see | to access | to continue | users only | members only | an account | password | um fortzufahren
zugangsdaten
passwort | pour accéder | pour continuer | mot de passe | para ver | para acceder | para continuar | contraseña
per vedere
per accedere | per continuare | password | aby zobaczyć | aby kontynuować | hasło | чтобы просмотр
чтобы продолж | пароль
только для зарегистр | щоб переглян | щоб продовж | для перегляд | görüntülemek | devam etmek | şifre | للمتابعة
لعرض
كلمة المرور
your account | tu cuenta | usuarios registrados | ihr konto | votre compte | twoje konto | ваш аккаунт
hesabınız | حساب
per visualizzare | після входу | для просмотра | to read | pour lire | zum lesen
"""
_TRACKING = """
cookie | çerez | ملفات تعريف | الكوكيز | personal data | personenbezogen | données personnelles
datos personales | dati personali
dane osobowe | персональн | kişisel veri | البيانات الشخصية | information on a device | informations stockées
tracking
privatsphäre | privacy | vie privée | privacidad | prywatność | конфиденциальност | конфіденційн | gizlilik
الخصوصية
"""
_ASSENT = """
accept | agree | consent | use of | by continuing | akzept | zustimm | einwillig | accord | consent | acept
accett | acconsent
zgod | akcept | соглас | принима | погодж | прийма | згод | kabul | onay | rıza | توافق | موافق | قبول
verwendung | stimmen | stores
"""
_BLOCKER = """
ad blocker | ad-blocker | ad block | ad-block | adblock | blocking ads | werbeblocker
блокировщик | блокировку рекламы | блокувальник | блокування реклами | reklam engelleyici | reklam engelleme
مانع الإعلانات | مانع الاعلانات | حاجب الإعلانات | مانع إعلانات
bloqueur | bloqueador | blocco degli annunci | blocco della pubblicità | blocca pubblicità | blokowanie reklam
blokera reklam
"""
_SWITCH_OFF = """
disable | turn off | turn it off | switch off | deactivate | whitelist | allow ads | deaktivier | ausschalt | abschalt
schalten
отключ | выключ | вимкн | відключ | kapat | devre dışı | تعطيل | إيقاف | أوقف | عطل
désactiv | desactiv | disattiv | disabilit | wyłącz
"""
_APP = """
our app | the app | mobile app | unserer app | der app | unsere app | die app
приложени | застосун | додатк | uygulama | تطبيق | التطبيق
notre appli | l'appli | nuestra app | la app | aplicación | nostra app | l'app | aplikacj
"""
_HERE = """
your region | your country | your location | your area | ihrem land | ihrer region
вашем регионе | вашей стране | вашому регіоні | вашій країні | bölgenizde | ülkenizde | bulunduğunuz
منطقتك | بلدك | موقعك
votre région | votre pays | tu país | su país | tu región | su región | tu zona | tuo paese | tua regione | tua zona
twoim kraju | twoim regionie | twojej lokalizacji
"""
_UNAVAILABLE = """
not available | unavailable | isn't available | not accessible | nicht verfügbar | nicht abrufbar | nicht zugänglich
недоступ | kullanılamıyor | erişilemiyor | görüntülenemiyor | mevcut değil | غير متاح | غير متوفر | غير متوافر
pas disponible | indisponible | pas accessible | no está disponible | no disponible | non è disponibile
non disponibile
niedostępn | nie jest dostęp
"""

PAIRS = {
    "captcha": ((_VERIFY, _HUMAN), (_BLOCKER, _SWITCH_OFF)),
    "error page": ((_PAGE, _MISSING), (_HERE, _UNAVAILABLE)),
    "login": ((_SIGN_IN, _MEMBERS), (_APP, _CONTENT)),
    "paywall": ((_SUBSCRIBE, _CONTENT), (_SUBSCRIBE, _OFFER), (_CONTENT, _OFFER), (_CONTENT, _ONLY)),
    "consent": ((_TRACKING, _ASSENT),),
}
"""Beginnings of words of which both stand in one line of such a wall, in words that `PHRASES` lacks."""

SLIGHT = {
    "captcha": ((_BLOCKER, _SWITCH_OFF),),
    "error page": ((_HERE, _UNAVAILABLE),),
    "login": ((_APP, _CONTENT),),
}
"""Those `PAIRS` that also stand beside whole articles: what a player, a box of an app or the site's foot says."""

TOPICS = {
    "error page": _MISSING,
    "login": _SIGN_IN,
    "paywall": _SUBSCRIBE,
    "consent": _TRACKING,
}
"""Beginnings of words of which one stands in a line of such a wall that speaks to the reader or of its page."""

ADDRESS = """
we | our | you | your | you're | you've | please | sorry | oops
wir | uns | unser | unsere | unseren | bitte | leider | jetzt | lesen sie | testen sie | können sie | haben sie
sie haben
sie sich | bestätigen sie | ihre zustimmung | ihrem gerät | mit einem klick
nous | nos | notre | vous | votre | vos | désolé | oups | choisissez | débloquez
nosotros | nuestros | nuestra | usted | tu | tienes | necesitas | puedes | elige | acepta | hazte
verifica | lo sentimos
noi | nostri | nostro | tuo | tua | tuoi | puoi | abbonati per | abbonati a | accedi | dimostra | se accetti
spiacenti
nasi | naszych | cenimy | twoje | twoja | twoją | twoim | twoich | możesz | klikając | potwierdź | uzyskaj
subskrybuj
zaloguj | wybierz | przepraszamy
мы | наш | наши | нашем | нашим | вы | вас | вам | ваш | ваше | ваши | вашего | вашем | ваших | войдите
оформите | станьте
нажмите | подтвердите | введите | подписаться и | к сожалению | извините | пожалуйста
ми | наші | нашому | нашим | ви | вашого | вашому | вашої | увійдіть | оформіть | натисніть | підтвердьте
доведіть
на жаль | вибачте | передплатити
biz | sitemiz | sitemizi | sitemizde | verilerinizi | kullanıyoruz | olursunuz | olun | inceleyin
abonelerimize
giriş yapın | üzgünüz | maalesef | lütfen
نحن | نستخدم | شركاؤنا | وشركاؤنا | جهازك | بياناتك | فإنك | موافقتك | متصفحك | دخولك | حسابك | يرجى | اشترك
عذرا | عفوا
للأسف
try again | sie sind | sind sie | effettua | elija | inserisci | выберите | прочитали все | подпишитесь
попробуйте
підпишіться | спробуйте | оберіть | onaylayın | işaretleyin | acceptez | abonnez-vous | connectez-vous
profitez | prouvez | uygulamamızda | uygulamamızdan | engelleyicinizi | تطبيقنا | nasz serwis | naszej stronie
suscríbete | inicia | wyrażasz
vaya | ой | hoppla | zum fortfahren | um fortzufahren | купите | получите | пройдите
"""
"""Words by which a site speaks of itself and to its reader, as a report does not outside quotation marks."""

THIS_PAGE = """
this article | this story | this content | this page | this site | dieser artikel | diesen artikel
dieser inhalt | diese seite
diese website | diese webseite | cet article | ce contenu | cette page | ce site | este artículo
este contenido | esta página
este sitio | questo articolo | questo contenuto | questa pagina | questo sito | ten artykuł | tego artykułu
ta treść | ta strona
tej strony | этот материал | эта статья | эту статью | этой статьи | эта страница | этой страницы | этот сайт
цей матеріал
ця стаття | цю статтю | ця сторінка | цієї сторінки | цей сайт | bu içerik | bu içeriğ | bu yazı | bu haber
bu sayfa | bu site
هذا المحتوى | هذا المقال | هذه المادة | هذه الصفحة | هذا الموقع
"""
"""Words by which a page speaks of itself."""

ELSEWHERE = """
newsletter | telegram | телеграм | youtube | whatsapp | google news | канал | рассылк | розсилк | bülten | نشرة
نشرتنا | bildirim
facebook | instagram | viber | podcast | push
comment | kommentar | coment | komentarz | комментар | коментар | yorum | تعليق
"""
"""What readers subscribe to or log in for otherwise than to read."""

VIDEO = """
video | vidéo | vídeo | wideo | видео | відео | فيديو | الفيديو
"""
"""Words of a line that is about a video, unless it names what is read, too."""

READ = _CONTENT
"""Beginnings of words for what is read, and for reading it."""

APPS = _APP
"""Words for a site's app."""

OTHERS = """
more stories | more articles | more news | latest | all articles | all stories | all our | all the news
alle artikel | alle beiträge | alle nachrichten | mehr artikel | mehr beiträge | mehr nachrichten | weitere artikel
больше материалов | больше статей | больше новостей | все материалы | все статьи | все новости | другие материалы
більше матеріалів | більше статей | більше новин | усі матеріали | всі матеріали | усі статті | всі статті
усі новини | всі новини | інші матеріали
tüm haberler | bütün haberler | daha fazla haber | tüm yazılar | son haberler
كل المقالات | جميع المقالات | كل الأخبار | جميع الأخبار | آخر الأخبار | المزيد من
tous nos | toutes nos | tous les articles | toutes les actualités | toute l'actualité | plus d'articles
más noticias | más artículos | todas las noticias | todos los artículos | todas nuestras | todos nuestros
tutti gli articoli | tutte le notizie | altri articoli | altre notizie | più notizie | più articoli
więcej artykułów | więcej wiadomości | wszystkie artykuły | wszystkie wiadomości | więcej tekstów
"""
"""Words for other articles than the page's, which an app is recommended for."""
