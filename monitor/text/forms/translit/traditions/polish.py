"""Spell Polish names in Russian (own table); longer and more special patterns come first."""

TABLE = r"""
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
