"""Spell Italian, Spanish and Portuguese names in Russian (own table); longer and special patterns come first."""

TABLE = r"""
cch кк
ch(?=\w*[eé]z$) ч
ch к ч
gu(?=[eiéí]) г гу
(?<=gu)[eé] е
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
(?<=[eé])z$ с з
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
