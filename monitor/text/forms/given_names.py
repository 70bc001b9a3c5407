"""List given names that differ between languages by more than transliteration (own table).

One name per line, in all its spellings and scripts; `uk:` marks a Ukrainian spelling.
"""

GIVEN_NAMES = """
dmitry dmitri dmitriy dimitri dmitrii dmytro дмитрий uk:дмитро ديمتري دميتري 德米特里
vladimir wladimir volodymyr wolodymyr владимир uk:володимир فلاديمير فولوديمير 弗拉基米尔
sergey sergei serhiy serhii sergej siergiej сергей uk:сергій سيرغي 谢尔盖
alexander aleksandr oleksandr aleksander александр uk:олександр ألكسندر 亚历山大
alexei aleksei alexey oleksiy oleksii aleksej алексей uk:олексій أليكسي 阿列克谢
andrey andrei andriy andrii andrzej andrej андрей uk:андрій أندريه 安德烈
mikhail mykhailo michail michal mihail михаил uk:михайло ميخائيل 米哈伊尔
nikolai nikolay mykola nikolaj николай uk:микола نيكولاي 尼古拉
yuri yury yuriy iurii yurii jurij youri юрий uk:юрій يوري 尤里
igor ihor игорь uk:ігор إيغور 伊戈尔
oleg oleh олег uk:олег أوليغ 奥列格
evgeny yevgeny evgeni yevhen yevgeniy evgenij евгений uk:євген يفغيني 叶夫根尼
konstantin kostyantyn kostiantyn константин uk:костянтин
vasily vasyl vasiliy wassili василий uk:василь
viktor victor wiktor виктор uk:віктор فيكتور 维克多
vitaly vitali vitaliy vitalii виталий uk:віталій
valery valeriy valerii валерий uk:валерій
anatoly anatoliy anatolii анатолий uk:анатолій
arseny arseniy arsenii арсений uk:арсеній
boris borys борис uk:борис بوريس 鲍里斯
denis denys денис uk:денис
fyodor fedor fedir teodor фёдор uk:федір
gennady gennadiy hennadiy геннадий uk:геннадій
georgy georgiy heorhiy giorgi георгий uk:георгій جورج
grigory grigoriy hryhoriy григорий uk:григорій
ivan ioan иван uk:іван إيفان 伊万
ilya illia ilia илья uk:ілля
kirill kyrylo кирилл uk:кирило كيريل
leonid леонид uk:леонід
lev лев uk:лев
maxim maksim maksym максим uk:максим
oksana оксана uk:оксана
olga olha ольга uk:ольга أولغا
olena elena yelena елена uk:олена
ekaterina yekaterina kateryna katerina екатерина uk:катерина
maria mariya mariia maría мария uk:марія ماريا 玛丽亚
anna hanna анна uk:анна uk:ганна
natalia natalya nataliya nataliia наталья наталия uk:наталія
tatiana tatyana tetiana tetyana татьяна uk:тетяна
irina iryna irena ирина uk:ірина
svetlana svitlana светлана uk:світлана
yulia yuliya yuliia julia юлия uk:юлія
ludmila lyudmila liudmyla людмила uk:людмила
nadezhda nadiya nadiia надежда uk:надія
valentina валентина uk:валентина
pavel pavlo paweł павел uk:павло بافل
pyotr petr petro piotr пётр uk:петро بيتر بيترو
roman роман uk:роман رومان
rustem rustam рустем рустам رستم
ruslan руслан uk:руслан
stepan stefan степан uk:степан
taras тарас uk:тарас
timofey tymofiy тимофей uk:тимофій
yaroslav jaroslav jarosław iaroslav ярослав uk:ярослав
bogdan bohdan богдан uk:богдан
mustafa мустафа مصطفى
ramzan рамзан رمضان
recep redjep реджеп رجب 雷杰普
tayyip тайип طيب
hakan хакан هاكان 哈坎
mevlut mevlüt мевлют مولود
ahmed ahmad akhmed ахмед أحمد 艾哈迈德
ahmet ахмет أحمد 艾哈迈德
mehmet мехмет محمد 穆罕默德
mohammed muhammad mohamed mohammad muhammed мохаммед мухаммед محمد 穆罕默德
ali али علي 阿里
hassan hasan хасан حسن 哈桑
hussein husayn hossein hüseyin хусейн حسين 侯赛因
ibrahim ibraheem ebrahim ибрахим إبراهيم ابراهيم 易卜拉欣
ismail esmail исмаил إسماعيل
yusuf youssef yousef joseph юсуф يوسف
omar umar ömer омар عمر
abdullah abdallah abdulla абдулла عبدالله
salman салман سلمان 萨勒曼
khalid khaled халид халед خالد
mahmoud mahmud махмуд محمود 马哈茂德
faisal faysal фейсал فيصل 费萨尔
zayed zayid зайед زايد
nasser насер ناصر
hamad хамад حمد
khalifa халифа خليفة
bashar башар بشار 巴沙尔
benjamin binyamin биньямин вениамин uk:біньямін بنيامين 本雅明
donald дональд uk:дональд دونالد 唐纳德
joe joseph джо جو 乔
james jim джеймс جيمس 詹姆斯
john джон جون 约翰
george джордж جورج 乔治
michael майкл مايكل 迈克尔
david давид дэвид uk:девід ديفيد داود 大卫
william вильям уильям uk:вільям ويليام 威廉
robert роберт روبرت 罗伯特
richard ричард uk:річард ريتشارد
thomas томас توماس
charles чарльз карл شارل تشارلز
emmanuel эммануэль uk:еммануель إيمانويل 埃马纽埃尔
olaf олаф أولاف 奥拉夫
friedrich фридрих uk:фрідріх فريدريش 弗里德里希
angela ангела анджела أنغيلا 安格拉
ursula урсула أورسولا 乌尔苏拉
jens йенс ينس 延斯
mark marc marko марк مارك 马克
marco марко ماركو 马尔科
steve стив uk:стів ستيف
keir кир uk:кір كير 基尔
rishi риши uk:ріші
giorgia джорджа джорджия جورجيا
viktor виктор uk:віктор
andrzej анджей uk:анджей
kaja кая uk:кая
antonio антониу антонио uk:антоніо أنطونيو
henry генри uk:генрі هنري
hugo хьюго уго uk:гюго
harry гарри uk:гаррі
walter вальтер уолтер
ludwig людвиг uk:людвіг
paul пол пауль بول 保罗
peter питер петер بيتر 彼得
andrew эндрю uk:ендрю أندرو 安德鲁
nicolas николя ніколя نيكولا 尼古拉
jean жан جان 让
pierre пьер uk:пʼєр بيير 皮埃尔
francois франсуа فرانسوا 弗朗索瓦
jean-noel жан-ноэль
pedro педро بيدرو 佩德罗
jose хосе جوزيه
juan хуан خوان 胡安
scott скотт سكوت 斯科特
annalena анналена أنالينا 安娜莱娜
heinrich генрих uk:генріх
wilhelm вильгельм uk:вільгельм
"""
