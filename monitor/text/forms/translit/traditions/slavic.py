"""Spell names romanised from Russian, Ukrainian or Bulgarian in any usual way in Russian (own table)."""

TABLE = r"""
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
