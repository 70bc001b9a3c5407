"""Spell Turkish names in Russian (own table); longer and more special patterns come first."""

TABLE = r"""
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
