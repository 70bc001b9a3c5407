"""Spell German names in Russian (own table); longer and more special patterns come first."""

TABLE = r"""
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
