"""Hold the tables of language detection: codes and names, scripts and alphabets, frequent words.

Codes are those of ISO 639, scripts those of ISO 15924, character ranges Unicode blocks. The selection is our own.
"""

from __future__ import annotations


def _table(text: str) -> dict[str, str]:
    """Parse lines of `key words`; a key may take several lines."""
    rows: dict[str, str] = {}
    for line in text.strip().splitlines():
        key, _, words = line.partition(" ")
        rows[key] = f"{rows[key]} {words}" if key in rows else words
    return rows


# Codes (ISO 639-1, 639-2, 639-3) and names as feeds write them, with common mistakes such as `ua` and `gr`; a
# two-letter code that is not here stays as it is. `-` stands for "no language": ISO 639-2's special codes, and the
# placeholders of templates.
CODES = {
    name: code.strip("-")
    for code, names in _table("""
ar ara arabic العربية
az aze azerbaijani
be bel belarusian беларуская
bg bul bulgarian български
bn ben bengali
cs ces cze czech čeština cz
da dan danish dansk
de deu ger german deutsch
el ell gre greek gr ελληνικά
en eng english
es spa spanish español
et est estonian
fa fas per persian فارسی
fi fin finnish suomi
fr fra fre french français
he heb hebrew iw עברית
hi hin hindi
hr hrv croatian hrvatski
hu hun hungarian magyar
hy hye arm armenian
id ind indonesian in
it ita italian italiano
ja jpn japanese jp 日本語
ka kat geo georgian
kk kaz kazakh
ko kor korean kr 한국어
lt lit lithuanian
lv lav latvian
mk mkd mac macedonian
nl nld dut dutch nederlands
no nor nob nno nb nn norwegian norsk
pl pol polish polski
pt por portuguese português
ro ron rum romanian română mo
ru rus russian русский
sk slk slo slovak slovenčina
sl slv slovenian
sq sqi alb albanian
sr srp serbian српски
sv swe swedish svenska
tr tur turkish türkçe
uk ukr ukrainian українська ua
ur urd urdu
uz uzb uzbek
vi vie vietnamese
zh zho chi cmn chinese 中文 cn
- und mul mis zxx xx language lang none null default
""").items()
    for name in names.split()
}

# For each script: its characters (Unicode blocks), and the languages written in it that detection can tell apart.
SCRIPTS = {
    "Cyrl": ("\u0400-\u052f", "ru uk be bg sr mk kk ky tg mn"),
    "Latn": (
        "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
        "en de fr es it pt nl pl cs sk tr az ro hu sv da no fi id vi hr sl lt lv et sq ca",
    ),
    "Arab": ("\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefe", "ar fa ur"),
    "Kana": ("\u3040-\u30ff", "ja"),
    "Hani": ("\u3400-\u4dbf\u4e00-\u9fff", "zh"),
    "Hang": ("\uac00-\ud7a3\u1100-\u11ff", "ko"),
    "Hebr": ("\u0590-\u05ff", "he"),
    "Grek": ("\u0370-\u03ff\u1f00-\u1fff", "el"),
    "Armn": ("\u0530-\u058f", "hy"),
    "Geor": ("\u10a0-\u10ff\u1c90-\u1cbf", "ka"),
    "Deva": ("\u0900-\u097f", "hi"),
    "Beng": ("\u0980-\u09ff", "bn"),
    "Taml": ("\u0b80-\u0bff", "ta"),
    "Telu": ("\u0c00-\u0c7f", "te"),
    "Thai": ("\u0e00-\u0e7f", "th"),
}

# The other scripts that a language is written in.
ALSO_WRITTEN = {
    code: frozenset(scripts.split())
    for code, scripts in _table("""
sr Latn
bs Latn Cyrl
az Cyrl Arab
kk Latn Arab
uz Latn Cyrl
mn Latn
tg Latn Arab
ky Arab
ja Hani
ko Hani
ku Latn Arab
ms Latn Arab
tt Cyrl Latn
tk Latn Cyrl
pa Arab Guru
hi Latn
""").items()
}

# The whole Cyrillic alphabet of each language: a text with other Cyrillic letters is in another language.
ALPHABETS = _table("""
ru абвгдежзийклмнопрстуфхцчшщъыьэюяё
uk абвгґдеєжзиіїйклмнопрстуфхцчшщьюя
be абвгдеёжзійклмнопрстуўфхцчшыьэюя
bg абвгдежзийклмнопрстуфхцчшщъьюяѝ
sr абвгдђежзијклљмнњопрстћуфхцчџш
mk абвгдѓежзѕијклљмнњопрстќуфхцчџш
kk абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһі
ky абвгдежзийклмнопрстуфхцчшщъыьэюяёңөү
tg абвгдежзийклмнопрстуфхцчшщъыьэюяёғӣқӯҳҷ
mn абвгдежзийклмнопрстуфхцчшщъыьэюяёөү
""")

# A text of so many letters in the language has at least one of these letters: one without is in another language.
EXPECTED = _table("""
uk 30 іїє
be 30 іў
sr 40 јљњћђ
mk 40 јќѓљњ
kk 30 әғқңөұүі
ky 40 ңөү
tg 40 ғӣқӯҳҷ
mn 30 өү
bg 100 ъщ
fa 25 پچژگکی
ur 25 ےٹڈڑںہھیک
tr 25 ışğüöç
az 25 ə
pl 40 łąężśćńóź
cs 30 ěřůčšžýáíé
sk 30 čšžýáíéľťô
hu 30 áéíóöőúüű
ro 50 ăâîșțşţ
sv 60 åäö
da 90 æøå
no 90 æøå
fi 40 äö
vi 20 ạảấầậắặẻếềểệỉịọốồổộớờợụủứừựđăơưáàâã
lt 40 ėųįūąęčšž
lv 30 āēīūļņķčšžģ
et 50 äõöü
hr 50 čćžšđ
sl 50 čšž
sq 40 ëç
de 200 äöüß
fr 120 éèàêçôûùîœ’'
es 150 áéíóúñ¿
pt 80 ãõáéíóúçâêô
ca 90 àèéíòóúç·'’
""")

# Distinctive letters: each adds to the score of the languages in whose line it stands. A letter that is listed for
# several languages is divided between them.
LETTERS = _table("""
de ß ä ö ü
es ñ ¿ ¡ ú í
pt ã õ ç ê à ú í ô
vi ã õ ă đ ơ ư ạ ế ộ ê ú í ô
et õ ä ö ü š
pl ł ś ż ź ń ą ę ć
lt ą ę č š ž ė ų į ū
cs ř ě ů ť ď ň č š ž ú í ý
sk ľ ĺ ŕ ť ď ň č š ž ú í ý ô
tr ı ğ ş ö ü ç
az ı ğ ş ə ö ü ç
hu ő ű ö ü ú í
ro ț ș ţ ă
sv å ä ö
da å ø æ
no å ø æ
fi ä ö
hr đ ć č š ž
sl č š ž
lv č š ž ū ā ē ī ļ ņ ķ
sq ë ç
nl ë
fr ç è ê ù à ô
ca ç è ò à
it è ò ù à
uk і ї є ґ
be і ў ы э ё
kk і ы э ә ғ қ ң ө ү ұ
ru ы э ё ъ
ky ы э ң ө ү
mn ы э ө ү
bg ъ
sr ј љ њ џ ђ ћ
mk ј љ њ џ ѓ ќ ѕ
tg ғ қ ҳ ҷ ӣ ӯ
fa پ چ ژ گ ک ی
ur پ چ ژ گ ک ی ے ٹ ڈ ڑ ں ہ ھ
ar ة ي ك ى أ إ
""")

# Frequent small words of each language, and words that are frequent in its news.
WORDS = _table("""
en the of and to in is was for that on with by as at from are his her their has have had be been will would not but
en it this who after over says said how why what new its an you we he she they about could should than or if all up
en out into against more can when where
de der die das und in den von zu mit sich des auf für ist im dem nicht ein eine einer eines als auch es an werden
de aus er hat dass sie nach wird bei um am sind noch wie über einen zum zur haben nur oder aber vor bis mehr durch
de gegen ihr war wurde sein soll
fr le la les de des du et en un une est dans pour que qui sur au aux par pas plus avec ce cette son sa ses ont été
fr être il elle ne se après mais comme leur ou nous vous selon contre sont fait entre d l qu n s c
es el la los las de del y en un una que por con para se su al lo como más es ha fue pero sus sobre este esta entre
es ya también tras hasta desde sin ser dos muy no qué según contra han son
it il lo la i gli le di del della dei delle degli e in un una che per con da non si è al alla nel nella sono ha dal
it dalla come più anche ma sul sulla hanno dopo contro tra fra essere stato questo l d ai alle
pt o a os as de do da dos das e em um uma que por para com não no na nos nas se ao à mais é foi como mas seu sua ou
pt são após pelo pela até também já entre sobre ser tem disse pode
nl de het een van en in is dat op te zijn met voor niet aan er om ook als bij naar door maar uit over worden wordt
nl heeft hebben nog deze dit die tot na was werd meer tegen kan zich of haar hun
pl i w na z do się nie że to jest o po za od jak ale dla przez co są tym tego oraz był była jego jej ich może
pl będzie tylko już czy przed pod przy po aby który która które we ze gdy lub
cs a v na se je že s z do o k po ve by za pro ale jako i to který která které jsou byl byla bylo aby od při jeho
cs jejich nebo až jen ještě již před také proti podle kteří ke si ze po už co
sk a v na sa je že s z do o k po vo by za pre ale ako i to ktorý ktorá ktoré sú bol bola bolo aby od pri jeho ich
sk alebo až len ešte už pred tiež proti podľa ktorí ku si zo čo ktorým
tr ve bir bu da de için ile çok daha olan olarak gibi en kadar sonra ne var ama o göre yeni ise dedi oldu ya değil
tr her türkiye iki büyük tarafından karşı üzerine nedeniyle etti edildi ilk eden ardından veya hem
az və bir bu da də üçün ilə çox daha olan kimi ən sonra nə var amma o görə yeni isə deyib oldu olub edib bildirib
az ki hər iki azərbaycan tərəfindən qarşı edilib edir olunub ilk həm
ro și de la în a cu pe din care că nu este un o pentru se al ale au fost mai sunt după prin sau fi dar lui ce să ar
ro va le împotriva până între către unei unui ai despre
hu a az és hogy nem is egy ez volt meg van de el csak már még ki szerint után között mint vagy ami aki lesz lehet
hu be azt ezt több új magyar pedig majd ha illetve miatt ellen
sv och i att det som en på är av för med den till inte har om ett var från men de kan ska så efter sig vid eller
sv när hur vi han hon nu under mot blev hade också
da og i at det som en på er af for med den til ikke har om et var fra men de kan skal så efter sig ved eller når
da hvordan vi han hun nu under mod blev havde også
no og i å at det som en på er av for med den til ikke har om et var fra men de kan skal så etter seg ved eller når
no hvordan vi han hun nå under mot ble hadde også
fi ja on ei että se oli hän mutta myös kun joka ovat ole niin sen kuin vuonna mukaan jälkeen kanssa ovat tai jos
fi olla sanoi mitä nyt uusi jo vielä vain ennen
id dan yang di ini itu dengan untuk dari pada tidak dalam akan ke adalah oleh juga telah sebagai ada bisa atau
id setelah mereka kata tersebut karena sudah bahwa hari sebuah orang
vi và của là có trong cho được với không một các những người này đã khi từ đến ở ra về sau năm cũng vào như tại để
vi bị nhiều sẽ hôm cuộc
hr i u na je se da za od su s a o koji koja koje kako nije bi ali po što iz će do ili već biti nakon prema protiv
hr jer sve samo kod bio bila te također
sl in v na je se da za so z s pa ki po ne bi kot iz do ali tudi o ob pri od bo še že bil bila kako po proti zaradi
sl lahko med ter
lt ir į kad yra su iš ne tai bet kaip po už nuo jo buvo apie ar dėl prie per tik savo bus jau pat metų taip sako
lt kurie
lv un ir ar no uz par ka bet tas lai kā pēc arī pie to nav gan tā bija savu vai gada jau tika viņš kas pret
et ja on ei et see oli ta aga ka kui mis kes või oma ning pärast üle ole nii seda välja juba veel eest
sq në e të dhe për me nga një që i do nuk është së ka më por u si kjo ky pas janë shqipëri
ca el la els les de del i en un una que per amb no és al als dels més com ha però aquest aquesta seva també fins
ca entre sobre perquè ser han
ru и в на с не что по для как из от за о его это к его её они он у был была было также после при до или но их со
ru из-за еще этом который которые заявил стало будет все может чтобы сообщил
uk і в на з не що та для як із від за про його це до у й він вона був була було також після при або але їх зі через
uk ще який які заявив буде все може щоб повідомив під час проти україни
be і ў на з не што па для як ад за пра яго гэта да у ён яна быў была было таксама пасля пры ці але іх са яшчэ які
be якія будзе можа каб супраць паведаміў
bg и в на с не че по за как от до той е са се това ще който която което при след или но им със още като са му бе
bg може към ги през срещу да
sr и у на је се да за од су с а о који која које како није би али по што из ће до или већ бити након према против
sr јер све само код био била те такође
mk и во на е се да за од со што ќе не по како ги кој која кои но или до бил била беше според против ова дека го ја
kk және мен деп бұл үшін бір да де емес туралы бойынша кейін болды болып дейді қазақстан бар жаңа оның
ky жана менен деп бул үчүн бир да боюнча кийин болду кыргызстан жаңы анын
tg ва дар ки аз ба бо ин барои аст он як шуд тоҷикистон
mn ба нь энэ байна юм гэж монгол бол улсын болон
ar في من على إلى أن عن مع هذا هذه التي الذي بعد كان قال إن ما لا بين لم ذلك كما قد هو هي خلال يوم قبل
fa و در به از که این را با است برای آن یک شد های می خود تا بر کرد هم شده گفت نیز بود پس
ur کے کی میں ہے کا سے کو اور نے پر کہ یہ ہیں اس بھی کر لیے تھا گیا ایک نہیں وہ کہا بعد ہو
""")
