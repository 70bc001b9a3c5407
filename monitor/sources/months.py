"""Hold the names of months and time zones that feeds use, with their numbers.

Own tables.
"""

from __future__ import annotations

# One string per month (`_` stands for a space inside a name): the spellings that feeds use, whole and abbreviated, in
# the languages of outlets.
_MONTHS = (
    "january jan janvier janv januar jänner jän jänn enero ene gennaio gen janeiro января январь янв "
    "січня січень січ студзеня ocak oca stycznia styczeń sty január januára ledna leden led januari "
    "ianuarie ian януари ιανουαρίου ιαν يناير كانون_الثاني ژانویه siječnja tammikuuta қаңтар январда "
    "yanvar gener",
    "february feb février févr fevrier fev fevereiro fév febr februar febrero febbraio февраля февраль "
    "фев февр лютого лютий лют лютага şubat subat şub lutego luty lut február februára února únor úno "
    "februari februarie февруари φεβρουαρίου φεβ فبراير شباط فوریه veljače helmikuuta ақпан fevral febrer",
    "march mar mars märz mär mrz maerz marzo março marco марта март мар березня березень бер сакавіка "
    "mart marca marzec március března březen bře maart mrt martie μαρτίου μαρ مارس آذار اذار مارچ ožujka "
    "maaliskuuta наурыз març",
    "april apr avril avr abril abr aprile апреля апрель апр квітня квітень квіт кві красавіка nisan nis "
    "kwietnia kwiecień kwi április apríla dubna duben dub aprilie април απριλίου απρ أبريل ابريل إبريل "
    "نيسان آوریل travnja huhtikuuta сәуір aprel",
    "may mai mayo maggio mag maio мая май травня травень трав тра mayıs mayis maja maj máj május mája "
    "května květen kvě mei μαΐου μάιος مايو أيار ايار مه svibnja toukokuuta мамыр маj maig",
    "june jun juin juni junio giugno giu junho июня июнь июн червня червень черв чер чэрвеня haziran haz "
    "czerwca czerwiec cze június júna června červen čer iunie юни ιουνίου ιουν يونيو يونية حزيران ژوئن "
    "lipnja kesäkuuta маусым iyun juny",
    "july jul juillet juil juli julio luglio lug julho июля июль июл липня липень лип ліпеня temmuz tem "
    "lipca lipiec lip július júla července červenec čvc iulie юли ιουλίου ιουλ يوليو يولية تموز ژوئیه "
    "srpnja heinäkuuta шілде iyul juliol",
    "august aug août aout agosto ago августа август авг серпня серпень серп сер жніўня ağustos agustos "
    "ağu sierpnia sierpień sie augusztus augusta srpna srpen srp augustus αυγούστου αυγ أغسطس اغسطس آب اب "
    "اوت kolovoza elokuuta тамыз avqust agost",
    "september sep sept septembre septiembre settembre set setembro сентября сентябрь сен сент вересня "
    "вересень вер верес верасня eylül eylul eyl września wrzesień wrz szeptember septembra září zář "
    "septembrie септември σεπτεμβρίου σεπ سبتمبر أيلول ايلول سپتامبر rujna syyskuuta қыркүйек sentyabr "
    "setembre",
    "october oct octobre oktober okt octubre ottobre ott outubro out октября октябрь окт жовтня жовтень "
    "жовт жов кастрычніка ekim eki października październik paź október októbra října říjen říj octombrie "
    "октомври οκτωβρίου οκτ أكتوبر اكتوبر تشرين_الأول اکتبر lokakuuta қазан oktyabr",
    "november nov novembre noviembre novembro ноября ноябрь ноя нояб листопада листопад лист лис "
    "лістапада kasım kasim kas listopada listopad lis novembra listopadu noiembrie ноември νοεμβρίου νοε "
    "نوفمبر تشرين_الثاني نوامبر studenoga marraskuuta қараша noyabr",
    "december dec décembre déc dezember dez diciembre dic dicembre dezembro декабря декабрь дек грудня "
    "грудень груд гру снежня aralık aralik ara grudnia grudzień gru decembra prosince prosinec pro "
    "decembrie декември δεκεμβρίου δεκ ديسمبر كانون_الأول دسامبر prosinca joulukuuta желтоқсан dekabr "
    "desembre",
)
MONTHS: dict[str, int] = {
    word.replace("_", " "): number for number, words in enumerate(_MONTHS, 1) for word in words.split()
}

_HOURS = {
    0: "z ut utc gmt wet",
    1: "cet bst ist-ireland wat west met mez",
    2: "eet cest sast cat mest mesz kaliningrad usz1",
    3: "msk мск eest trt trst idt eat ast-arabia",
    4: "msd samt gst azt amt-armenia get smt",
    5: "yekt pkt uzt tjt tmt aqtt",
    6: "omst novst almt bdt kgt",
    7: "krat wib ict novt",
    8: "irkt hkt sgt pht wita awst myt ulat",
    9: "jst kst yakt wit",
    10: "aest vlat chst",
    11: "aedt sakt magt",
    12: "nzst pett",
    13: "nzdt",
    -2: "brst",
    -3: "brt art adt clst uyt",
    -4: "edt ast clt vet bot",
    -5: "est cdt pet cot ect",
    -6: "cst mdt",
    -7: "mst pdt",
    -8: "pst akdt",
    -9: "akst",
    -10: "hst",
}
# Minutes east of Greenwich by abbreviation. Of the zones with the same abbreviation, the one with most newspapers.
# Single letters but Z are left out: RFC 822 defined them wrongly, so that they mean nothing (RFC 5322, 4.3).
ZONES: dict[str, int] = {name: hours * 60 for hours, names in _HOURS.items() for name in names.split()}
ZONES |= {"ist": 330, "npt": 345, "irst": 210, "irdt": 270, "aft": 270, "mmt": 390, "acst": 570, "acdt": 630}
ZONES |= {"nst": -210, "ndt": -150, "slst": 330}
REGIONS: dict[str, str] = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
    "eastern": "America/New_York",
    "pacific": "America/Los_Angeles",
    "moscow": "Europe/Moscow",
    "московскому": "Europe/Moscow",
    "киев": "Europe/Kyiv",
    "київ": "Europe/Kyiv",
}
"""Names of zones with daylight saving time, by the region whose rules they follow."""
