"""Hold the phrases by which pages that withhold an article address their reader, in ten languages.

Own tables, made by hand from the wording of news sites, consent platforms, bot checks and error pages, in Russian,
Ukrainian, Turkish, Arabic, English, German, French, Spanish, Italian and Polish. A phrase speaks to the reader or of
this very page, so that an article about walls, which speaks of others, rarely has one. `~` stands for up to 60
characters of the same sentence. All are in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CAPTCHA = """
are you a robot? | not a robot | you are human | you're human | are you human? | you are a human
press & hold to confirm
review the security of your connection | checking your browser | enable javascript and cookies to continue
enable js and disable any ad blocker | make sure your browser supports javascript | unusual traffic from your
unusual activity from your
подтвердите, что ~ робот | подтвердите, что вы человек | докажите, что вы не робот | похоже, вы робот | вы не робот?
проверяем ваш браузер
проверка браузера перед | запросы с вашего устройства похожи на автоматические | введите символы с картинки
підтвердьте, що ви не робот | підтвердьте, що ви людина | перевіряємо ваш браузер | ви не робот?
robot olmadığınızı | insan olduğunuzu doğrula | tarayıcınız kontrol ediliyor | ben robot değilim
أنك لست روبوت | أنك إنسان | نتحقق من متصفحك | أنا لست روبوت | هل أنت روبوت
dass sie ein mensch sind | dass sie kein roboter sind | ich bin kein roboter | wir prüfen ~ ihren browser
prüfen wir ~ ihren browser | ungewöhnlich viele anfragen
que vous êtes humain | que vous n'êtes pas un robot | je ne suis pas un robot | vérification de votre navigateur
que eres humano | que no eres un robot | no soy un robot | que no es un robot | comprobando su navegador
di essere umano | di non essere un robot | non sono un robot | che non sei un robot
że nie jesteś robotem | że jesteś człowiekiem | nie jestem robotem | sprawdzamy twoją przeglądarkę
"""

ERROR_PAGE = """
page can't be found | page cannot be found | page not found | nothing was found at this location
page you requested
page you are looking for | page you're looking for | this page isn't available
this page is no longer available
this article is no longer available | this content is not available | cannot be granted at this time
website from a country belonging to the european | not available in your country | not available in your region
on our side | try again later | try again in a few
something went wrong | temporarily unavailable | we'll be back soon | you don't have permission to access
access denied
internal server error | bad gateway | service unavailable
страница не найдена | страницы не существует | такой страницы нет | страница была удалена | материал удалён
материал удален
запрашиваемая страница | на сайте ведутся технические работы | сайт временно недоступен | доступ запрещён
доступ запрещен
недоступен в вашем регионе
сторінку не знайдено | сторінка не знайдена | сторінки не існує | сторінку було видалено
ведуться технічні роботи | сайт тимчасово недоступний | доступ заборонено
sayfa bulunamadı | aradığınız sayfa | sayfa kaldırılmış | bu içeriğe ulaşılamıyor
bakım çalışması ~ hizmet veremiyoruz
erişim engellendi | geçici olarak hizmet dışı
الصفحة التي تبحث عنها | الصفحة غير موجودة | الصفحة المطلوبة غير | لم يتم العثور على الصفحة | الموقع قيد الصيانة
الموقع غير متاح حاليا
seite wurde nicht gefunden | seite nicht gefunden | seite existiert nicht | seite ist leider nicht
seite ist nicht mehr verfügbar
gesuchte seite | vorübergehend nicht erreichbar | kurzzeitig nicht verfügbar | in ihrem land nicht verfügbar
zugriff verweigert
page introuvable | page n'existe pas | page que vous cherchez | page que vous recherchez | page demandée
n'est plus disponible | site est en maintenance | accès refusé
página no encontrada | página que buscas | página que busca | página solicitada
no hemos podido encontrar la página
página no existe | acceso denegado | sitio en mantenimiento
pagina non trovata | pagina che stai cercando | pagina che cerchi | pagina richiesta | pagina non esiste
sito in manutenzione
accesso negato
strona nie istnieje | nie znaleziono strony | strony nie znaleziono | strona, której szukasz
strona nie została znaleziona
przerwa techniczna | trwają prace techniczne | brak dostępu do strony
"""

LOGIN = """
you must be logged in | you need to log in | you must log in to | log in to view | log in to continue
sign in to view
sign in to continue | please log in to | please sign in to | login required | forgot your password
forgot password?
don't have an account
войдите или зарегистрируйтесь, чтобы | войдите, чтобы просмотреть | войдите, чтобы продолжить
необходимо авторизоваться
необходимо войти | требуется авторизация | только зарегистрированным пользователям | забыли пароль?
нет аккаунта?
увійдіть, щоб переглянути | увійдіть, щоб продовжити | увійдіть або зареєструйтеся, щоб | необхідно увійти
потрібно авторизуватися | забули пароль? | немає акаунта?
giriş yapmalısınız | giriş yapmanız gerek | görmek için giriş yapın | devam etmek için giriş yapın
şifremi unuttum
şifrenizi mi unuttunuz | hesabınız yok mu
يجب تسجيل الدخول | سجل الدخول للمتابعة | يرجى تسجيل الدخول | نسيت كلمة المرور | هل نسيت كلمة المرور
ليس لديك حساب
melden sie sich an, um | bitte melden sie sich an | bitte loggen sie sich ein | sie müssen angemeldet sein
sie müssen sich anmelden | passwort vergessen? | noch kein konto?
connectez-vous pour accéder | connectez-vous pour continuer | connectez-vous pour voir
vous devez être connecté
mot de passe oublié | pas encore de compte
inicia sesión para | inicie sesión para | debes iniciar sesión | debe iniciar sesión
has olvidado tu contraseña
olvidaste tu contraseña | no tienes cuenta?
accedi per continuare | accedi per vedere | accedi per visualizzare | devi effettuare l'accesso | devi accedere
password dimenticata | hai dimenticato la password | non hai un account
zaloguj się, aby zobaczyć | zaloguj się, aby kontynuować | musisz się zalogować | musisz być zalogowany
nie pamiętasz hasła | nie masz konta?
"""

PAYWALL = """
subscribe ~ to continue | subscribe ~ continue reading | subscribe to read | subscribe to unlock
subscribe now to read
log in to continue reading | sign in to continue reading | sign up to continue reading
register ~ to continue reading | register ~ to keep reading | register ~ to read | sign up ~ to continue reading
create ~ account to continue reading | log in ~ to continue reading | registrieren ~ um weiterzulesen
зарегистрируйтесь, чтобы читать | зарегистрируйтесь, чтобы продолжить | зареєструйтеся, щоб читати
inscrivez-vous ~ pour lire | regístrate ~ para seguir leyendo | registrati ~ per continuare
لقراءة ~ كامل | للاطلاع على ~ كامل
to continue reading this | to keep reading | to read the full | to read the rest of | unlock this article
already a subscriber? | already have a subscription? | already a member? | this article is for subscribers
this content is for subscribers | this story is for subscribers | this article is exclusive to subscribers
exclusive to our subscribers | is for subscribers only | is available to subscribers | reserved for subscribers
reached your limit of free | reached your article limit | free articles remaining | last free article
чтобы читать дальше | чтобы прочитать полностью | чтобы продолжить чтение | чтобы прочитать целиком
доступен только подписчикам | доступна только подписчикам | доступно только подписчикам | только для подписчиков
доступен только по подписке | доступен по подписке | доступна по подписке | продолжение доступно по подписке
полный текст доступен | оформите подписку | уже есть подписка? | уже подписаны? | уже являетесь подписчиком
щоб читати далі | щоб прочитати повністю | щоб продовжити читання | доступний лише за передплатою
лише для передплатників
тільки для передплатників | доступний за підпискою | доступний лише за підпискою | доступно лише для підписників
підтримайте нас і читайте | читайте повну версію
оформіть передплату | оформіть підписку | вже маєте передплату | вже є підписка
devamını okumak için ~ abone | okumaya devam etmek için ~ abone | devamı için abone | devamını okumak için giriş
abonelere özel | sadece aboneler | yalnızca aboneler | zaten abone misiniz | zaten abone misin
اشترك ~ لمتابعة القراءة | اشترك ~ لمواصلة القراءة | للمشتركين فقط | مخصص للمشتركين | حصري للمشتركين
متاح للمشتركين
هل أنت مشترك | لقراءة المقال كامل
weiterlesen mit | jetzt weiterlesen | um weiterzulesen | weiterlesen ~ abonnieren | um diesen artikel zu lesen
diesen artikel ~ weiterlesen | bereits abonnent | bereits ~ abonniert? | haben bereits ein ~ abo
schon abonnent
nur für abonnent | exklusiv für abonnent | ist nur mit abo | vollen zugriff auf alle artikel
artikel freischalten
il vous reste ~ à lire | il vous reste ~ à découvrir | la suite est réservée | la suite de cet article
article est réservé aux abonnés | article réservé aux abonnés | contenu est réservé aux abonnés
contenu réservé aux abonnés
abonnez-vous pour lire | abonnez-vous pour continuer | abonnez-vous pour accéder | pour lire la suite
déjà abonné
suscríbete para | suscríbase para | para seguir leyendo | para continuar leyendo | ya eres suscriptor
ya es suscriptor
contenido exclusivo para suscriptores | solo para suscriptores | exclusivo para suscriptores
artículo para suscriptores
abbonati per continuare | abbonati per leggere | per continuare a leggere | per continuare la lettura
riservato agli abbonati | contenuto per abbonati | articolo riservato | sei già abbonato
hai già un abbonamento
dla subskrybentów | tylko dla prenumeratorów | dla prenumeratorów | pozostało ~ tekstu | pozostało ~ artykułu
aby czytać dalej | żeby czytać dalej | czytaj dalej dzięki | aby przeczytać cały | wykup dostęp | kup dostęp
masz już subskrypcję | masz już prenumeratę | masz już dostęp
"""

CONSENT = """
we value your privacy | we care about your privacy | we and our ~ partners | we use cookies
this site uses cookies
this website uses cookies | accept all | reject all | manage options | manage your cookie | cookie settings
personalised ads and content | personalized ads and content | your consent | you consent to
with your permission
our use of cookies | your personal data | your preferences will apply | our partners' processing
мы используем файлы cookie | мы используем cookie | использует файлы cookie | использует cookie
этот сайт использует
соглашаетесь ~ обработк | соглашаетесь ~ cookie | вы соглашаетесь с | ваше согласие | настройки файлов cookie
принять все | принять всё | мы и наши партн | политикой обработки персональных
ми використовуємо файли cookie | ми використовуємо cookie | використовує файли cookie | використовує cookie
ми та наші ~ партнери | погоджуєтеся ~ обробку | погоджуєтесь ~ обробку | погоджуєтеся з | прийняти всі
відкликати згоду | налаштування cookie
çerezler kullanıyoruz | çerez kullanıyoruz | çerezler kullanılmakta | çerez kullanılmakta | çerezleri kullan
çerez politikamız | çerez ayarları | tümünü kabul | kişisel verileriniz | biz ve ~ ortaklarımız
نستخدم ملفات تعريف الارتباط | يستخدم ملفات تعريف الارتباط | نستخدم الكوكيز | نحن وشركاؤنا | قبول الكل
فإنك توافق | أنت توافق | سحب موافقتك | لبياناتك الشخصية | بياناتك الشخصية | نستخدم ملفات الارتباط
wir verwenden cookies | wir nutzen cookies | diese website verwendet cookies | diese webseite verwendet cookies
wir und unsere ~ partner | ihre zustimmung | ihre einwilligung | zustimmung jederzeit widerrufen
akzeptieren und weiter
mit werbung und cookies | pur-abo | pur abo
alle akzeptieren | alle ablehnen | mit werbung lesen | mit werbung weiterlesen | mit werbung und tracking
ohne werbetracking | informationen auf ihrem gerät | cookie-einstellungen | im privacy center
nous utilisons des cookies | ce site utilise des cookies | nous et nos ~ partenaires | continuer sans accepter
votre consentement | accepter et fermer | tout accepter | tout refuser | accepter et continuer
avec votre accord
vos données personnelles | notre politique de confidentialité
utilizamos cookies | usamos cookies | este sitio utiliza cookies | este sitio web utiliza cookies
nosotros y nuestros ~ socios | su consentimiento | tu consentimiento | aceptar y continuar | aceptar todo
rechazar todo
rechazar y suscribirse | política de cookies | información en su dispositivo | información en tu dispositivo
utilizziamo i cookie | usiamo i cookie | questo sito utilizza | questo sito usa | noi e i nostri ~ partner
il tuo consenso | accetta e continua | accetta tutti | accetta tutto | rifiuta e abbonati
pannello delle preferenze
używamy plików cookie | używamy ciasteczek | ta strona używa | ta strona korzysta z | serwis używa plików
my i nasi ~ partnerzy | twoje dane osobowe | twoja zgoda | zgoda jest dobrowolna | wycofać ~ zgodę
wycofać w dowolnym
przejdź do serwisu | zaakceptuj wszystkie | akceptuję i przechodzę | ustawieniach prywatności
"""

JAVASCRIPT = """
please enable javascript | need to enable javascript | must enable javascript | enable javascript to
please turn on javascript | javascript is disabled | javascript is required | requires javascript
browser does not support javascript | without javascript enabled
включить javascript | включите javascript | javascript отключен | javascript отключён | требуется javascript
увімкнути javascript | увімкніть javascript | javascript вимкнено | потрібен javascript
javascript'i etkinleştir | javascript etkinleştir | javascript'i aç | javascript devre dışı | javascript gerekli
تفعيل جافا سكريبت | تفعيل javascript | تمكين javascript | تمكين جافا سكريبت | javascript معطل
aktivieren sie javascript | javascript aktivieren | javascript ist deaktiviert | javascript zu aktivieren
activer javascript | activez javascript | javascript est désactivé | javascript désactivé
active javascript | activar javascript | habilitar javascript | habilite javascript
javascript está desactivado
abilita javascript | abilitare javascript | attivare javascript | attiva javascript | javascript è disabilitato
włącz javascript | włączyć javascript | włączenie javascript | obsługę javascript | wyłączoną obsługę javascript
"""

PHRASES = {
    "captcha": CAPTCHA,
    "error page": ERROR_PAGE,
    "login": LOGIN,
    "paywall": PAYWALL,
    "consent": CONSENT,
    "javascript": JAVASCRIPT,
}
"""The phrases of each kind of wall; where a page has those of several, `walls` says which counts."""


def phrases_of(table: str) -> Iterator[str]:
    """Yield the phrases of a table like these, which `|` and line ends divide, as they are matched by a pattern."""
    return (re.escape(phrase.strip()) for line in table.strip().splitlines() for phrase in line.split("|"))
