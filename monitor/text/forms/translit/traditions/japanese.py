"""Spell Japanese names in Hepburn romanisation in Russian, by the Polivanov system; special patterns come first."""

TABLE = r"""
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
