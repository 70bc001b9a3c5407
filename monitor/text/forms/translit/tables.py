"""What the letters of each Latin spelling tradition become in Russian; longer and more special patterns stand first."""

SLAVIC = r"""
shch щ
(?<=s)k[iy][iyj]?$ кий
skoi$|skoj$|skoy$ ской
sk(?=aya$|aia$|aja$|a$) ск
(?<=sk)a$ ая а
aya$|aia$|aja$ ая
tsch|tch ч
sch щ ш
szcz щ
cz ч
sz ш
sh ш сх
sj ш
ch ч х
zh ж
kh х
ts ц тс
tz ц
yts$|ets$ ец
ck цк к
ph ф
th т ф
off$ ов офф
eff$ ев ефф
yev$|iev$|iew$|jew$ ев ьев
ow$ ов оу
ew$ ев ью
ov ов
evka$ евка
iants$ янц
iants|yants янц
ian$|yan$ ян иан
(?<=[aeiou])y(?=[bcdfghklmnpqrstvwxz]|$) й
(?<=[aeiou])i(?=[bcdfghklmnpqrstvwxz]) й и
(?<=[aeo])[ij]$ й и
yo|jo ё йо
yu|iu|ju ю
ya|ja я
ia я ия иа
ye|je е ье
yi|ji и
ij$|iy$|yy$|yi$|ii$ ий ый
y$ ый и ий ы
y ы и
(?<=[aeiou])e э е
^e э е
ie ие е
io ё ио
j й ж дж
w в
x кс х
h х г
c к ц
q к
' ь -
a а
b б
d д
e е
f ф
g г
i и
k к
l л ль
m м
n н
o о
p п
r р
s с
t т
u у
v в
z з
"""

ENGLISH = r"""
^kn н
^wr р
^mac мак
^mc мак мэк
^ch(?=r) к
igh ай
eigh ей
augh о
ough о ау
ght т йт
gh$ - г
gh г х
tch тч ч
sch ш ск
sh ш
ch ч ш х к
ph ф
th т с з
ck к
dge? дж
cqu|qu кв к
cc(?=[eiy]) кс ч
c(?=[eiy]) с
cz ч
cs кс
ce$ с
ge$ дж ж
^geo(?=r) джо гео
g(?=[eiy]) дж г
sz ш
x кс
zz цц зз
z з ц
j дж й
^wh у х
^woo ву
^wo во уо
^wu ву
wal уол вал уэл
wa уо ва уэ
w(?=[aeiou]) у в
aw|au о ау
ow оу ау ов
ew ью ю ев
ay$ ей
ey$ и ей
ay|ai|ei ей ай
ea и е э
ee|ie и
oo у
ou у ау
oa оу о
oi уа ой
oe оу о е
oy|oi ой
eu ю ей
ue$ ю
ui уи у
ur(?=[bcdfghklmnpqstvwxz]|$) ер ур
ir(?=[bcdfghklmnpqstvwxz]|$) ер ир
(?<=[bcdfghjklmnpqrstvwxz])er$ ер
ere$ ир ер
are$ эр ер
ire$ айр
ore$ ор
a(?=l[kmst]) о а
a(?=[bcdfgklmnpstvz][eiy]) ей а э
a(?=[bcdfgklmnpstvz][aou]) а ей э
a$ а
a а э
(?<=[^aeiouy])le$ л ле
(?<=[aeiouy][bcdfgklmnpqrstvwz])e$ - е
(?<=[aeiouy]h)e$ - е
e$ е - и
^e э и е
e(?=[bcdfgklmnpstvz][aeiouy]) е и
e е ~э
i(?=[bdfgklmnpstvz]e$) ай и
i(?=[bdfgklmnpstvz][aeouy]) и ай
ia ия иа ья
i и
ille$ илль иль
o(?=[bcdfgklmnpstvz]e$) оу о
o о
u(?=[bcdfgklmnpstvz]e$) ью у
u(?=[bcdfgklmnpqstvwxz][aeiouy]) у ю
u а у
ya я
^yo йо
yo ё йо
yu ю
^ye е
^y й и
(?<=[aeou])y(?=[bcdfghklmnpqrstvwxz]|$) й
(?<=[aeiou])y й
y$ и
y и ай
(?<=[aeiou])h(?=[bcdfgklmnpqrstvwxz]|$) -
h х -
bb бб б
cc кк к
dd дд д
ff фф ф
gg гг г
kk кк
ll лл л
mm мм м
nn нн н
pp пп п
rr рр р
ss сс с
tt тт т
(?<=[aeiou])se$ з с
(?<=[aeiouy])s(?=[aeiouy]) с з
s с
c к
d д
f ф
g г
b б
k к
l л ль
m м
n н
p п
q к
r р
t т
v в
' ' -
"""

GERMAN = r"""
tsch ч
yer$|ier$ йер ир
sch ш
chs кс
ch х
ck к
tz ц
^st шт ст
^sp шп сп
ei|ai|ay|ey ай ей
ie и ие
eu|äu ой ей
aue ауэ
oe|ö ё
ae|ä е э
ue|ü ю у
ß с
ss сс с
(?<![aeiou])s(?=[aeiouäöü]) з с
s(?=[aeiouäöü]) з с
s с
z ц з
w в
v ф в
(?<=[aeiouäöü])h(?=[bcdfgklmnpqrstvwxz]|$) -
h х г
^ja я
ja я
ju ю
je е
jo йо
j й
th т
ph ф
qu кв
dt$ дт т
ll ль лль лл л
l(?=[bcdfghkmnpqrstvwxz]|$) ль л
l л
mm мм м
nn нн н
(?<=[aeiouäöü])e э
^e э е
e е
y и ю
c к ц
x кс
ff фф ф
tt тт т
pp пп п
rr рр р
kk кк
bb бб
dd дд
gg гг
a а
b б
d д
f ф
g г
i и
k к
m м
n н
o о
p п
r р
t т
u у
' -
"""

FRENCH = r"""
eaux?$ о
eau о
aul?t$ о
ault$ о
oux?$ у
ou у
oi уа
ain$|ein$ ен
ien$ ьен
ier$ ье ьер
ille$ ий иль
ail$ ай
ai е э
ay$ е э
au о
eu ё е
œ ё
ch ш
gn нь
qu к
gu(?=[eiy]) г
ph ф
j ж
g(?=[eiy]) ж
c(?=[eiy]) с
ç с
th т
h -
ez$ ез е
er$ ер е
et$ е ет
es?$ -
ss сс с
[tdpxz]$ - т
s$ с -
(?<=[aeiou])s(?=[aeiou]) з
ll лл ль
é э е
è|ê|ë е э
^e э
en(?=[bcdfgklmpqrstvz]) ан ен
y и
u ю
x кс
w в
â|à а
î|ï и
ô о
û|ù ю
a а
b б
c к
d д
e е
f ф
g г
i и
k к
l л ль
m м
n н
o о
p п
r р
s с
t т
v в
z з
' -
"""

ROMANCE = r"""
cch кк
ch к ч
cc(?=[ei]) чч
ci(?=[aou]) ч
c(?=[eiéí]) ч с
gi(?=[aou]) дж
gh г
gli ли льи
gn нь
g(?=[eiéí]) дж х
sci(?=[aou]) ш
qu к кв
ll лл ль й
ñ|nh нь
lh ль
j х ж
zz цц
z ц с з
x с кс ш
ç с
h - х
ão$ ан
y и
^e э
(?<=[aeiou])e э е
e е
w в
l(?=[bcdfghkmnpqrstvz]|$) ль л
ss сс с
tt тт
pp пп
nn нн
mm мм
rr рр
á|ã|â а
é|ê э е
í и
ó|õ|ô о
ú у
ia ия иа
a а
b б
c к
d д
f ф
g г
i и
k к
l л
m м
n н
o о
p п
r р
s с з
t т
u у
v в
' -
"""

POLISH = r"""
szcz щ
sz ш
cz ч
rz ж р
ch х
cki$ цкий
ski$ ский
dzki$ дзкий
cka$ цкая
ska$ ская
ck цк
dż|dź дж
ią ён
ie е ие
io ё ио
ia я ия
iu ю
ja я
ju ю
je е
jo йо
ji и
j й
ł л
l(?=[bcdfghkmnprstwz]|$) ль л
l л
ó у
ś с сь
ć ч ць
ń нь н
ż ж
ź з зь
ą он ом
ę ен ем
w в
y ы и
c ц к
h х г
e е э
a а
b б
d д
f ф
g г
i и
k к
m м
n н
o о
p п
r р
s с
t т
u у
v в
z з
"""

TURKISH = r"""
ş ш
ç ч
c дж
ğ г -
ı ы
ö ё э
ü ю у
^ya я
ya я
yu|yü ю
ye е
yo йо
y й
j ж
^e э
e е э
h х
v в
w в
z з
a а
b б
d д
f ф
g г
i и
k к
l л ль
m м
n н
o о
p п
r р
s с
t т
u у
"""

JAPANESE = r"""
tchi тти
sshi сси
tsu цу
shi си
chi ти
ji дзи
sh с
ch т
j дз
ts ц
z дз
fu фу
ya я
yu ю
^yo ё йо
yo ё йо
ou оу о
oo оо о
oh о
uu у
ei эй ей
e э е
n(?=[bpm]) м н
(?<=[aeou])i й и
w в
a а
b б
d д
f ф
g г
h х
i и
k к
m м
n н
o о
p п
r р
s с
t т
u у
"""
