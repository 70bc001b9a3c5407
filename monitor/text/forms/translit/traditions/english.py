"""Spell English names in Russian: open and closed syllables, silent letters (own table); special patterns first."""

TABLE = r"""
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
