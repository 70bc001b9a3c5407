"""List the words that nearly every article of a language contains, in canonical spelling.

Own list of function words, made by hand.
"""

from __future__ import annotations

_COMMON_WORDS_TEXT = {
    "English": (
        "a about after all also an and are as at be been but by can for from had has have he her his i if in into is "
        "it its more new no not of on one or other out over said say says she so than that the their there they this "
        "to up was we were what when which who will with would you "
    ),
    "German or Dutch": (
        "am an auch auf aus bei bis da das dass dem den der des die durch ein eine einem einen einer er es fur hat "
        "ich im in ist mit nach nicht noch nur oder sei seine sich sie sind uber um und von vor war wie wird zu zum "
        "zur het een van de op te dat met voor niet zijn aan door "
    ),
    "French, Spanish, Italian or Portuguese": (
        "au aux avec ce cette dans de des du elle en est et il la le les leur mais ne ou par pas plus pour qu que qui "
        "sa se ses son sont sur un une al como con del el es ha las lo los no para por sin su sus y che di da dei "
        "della gli i non nel per si sono ao com da das do dos e na nas nos o os uma "
    ),
    "Polish or Czech": (
        "a i jak jest na nie o od po sie to w we z za ze co do ktory ktora byl byla bude jako je jeho pro pri s se "
        "sou tak u v ve "
    ),
    "Turkish": ("bir bu cok da daha de dedi en gibi icin ile ise kadar ki ne olarak oldugu olan sonra ve ya "),
    "Russian or Ukrainian": (
        "а без был была было были бы в во все для до его ее если же за и из или им их к как когда ко который которые "
        "мы на не но о об он она они от по при с сказал со так также то том у уже что чтобы это этом який яка які та "
        "й і від щодо під після про що ще як є був була було були цього не на за до із зі "
    ),
    "Arabic or Persian": (
        "في من على ان الى عن مع هذا هذه التي الذي ما لا كان بعد قبل بين كما او و قال به که را با است "
    ),
}
_CODES_TEXT = (
    "English=en German=de Dutch=nl French=fr Spanish=es Italian=it Portuguese=pt Polish=pl Czech=cs Turkish=tr "
    "Russian=ru Ukrainian=uk Arabic=ar Persian=fa"
)
_CODES = dict(pair.split("=") for pair in _CODES_TEXT.split())
COMMON_WORDS = frozenset(word for words in _COMMON_WORDS_TEXT.values() for word in words.split())


def languages_of_common(word: str) -> str:
    """Return in words the languages of which nearly every article holds a word; empty where there are none."""
    return ", ".join(languages for languages, words in _COMMON_WORDS_TEXT.items() if word in words.split())


def is_common_in(word: str, languages: frozenset[str] | None) -> bool:
    """Tell whether nearly every article of one of these languages (ISO 639 codes, None for all) holds a word."""
    if languages is None:
        return word in COMMON_WORDS
    names = languages_of_common(word).replace(" or ", ", ").split(", ")
    return any(_CODES.get(name) in languages for name in names)
