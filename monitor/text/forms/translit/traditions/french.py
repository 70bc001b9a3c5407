"""Spell French names with their silent endings in Russian (own table); longer and special patterns come first."""

TABLE = r"""
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
