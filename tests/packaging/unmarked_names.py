"""Make the table of names that the Russian and Ukrainian dictionaries do not mark: `data/unmarked-names.txt`.

    python -m tests.packaging.unmarked_names

Needs `pip install wordfreq simplemma`. A lemma of pymorphy3's Ukrainian dictionary is taken if it is not marked as a
name, has forms among the frequent words, and is a place of our tables or in simplemma's dictionary with a capital only.
A noun must have no plural, or nothing else, since ordinary words that look like such names have one (сітка).
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import Any

from monitor.text.forms import morphology
from monitor.text.forms.known_spellings import is_place
from tests.packaging.frequent_latin_words import DATA, lines_of

FREQUENT, SHORTEST = 100_000, 4
BY_HAND = {
    "ru": (
        "айфон ауди вотсап германий индий инстаграм калифорний камаз лексус мазда макрон мерседес мицубиси "
        "навальный ниссан опель порше путина рено самсунг сбербанк сузуки телеграм тикток тойота трамп "
        "фейсбук фольксваген франций хонда христос шевроле ютуб яндекс"
    ),
    "uk": (
        "айфон ауді індій каліфорній камаз кий лексус мазда мерседес навальний ніссан опель порше путин "
        "путина рено самсунг сбербанк сузукі телеграм тікток тойота фольксваген францій хонда шевроле"
    ),
}
"""Names of makes that are written in small letters, and words much rarer than the forms of a name that they share."""
STATEMENT = """\
# Lemmas that the dictionaries of pymorphy3 do not mark as names, though in texts they nearly always are, by language:
# a case form of no other lemma is a name in small letters, too. Made by tests/packaging/unmarked_names.py: the first
# line of each language is our own (makes of things; words much rarer than the name, as the element франций), the others
# are frequent words of wordfreq {wordfreq} (Robyn Speer, CC BY-SA 4.0) that are places of CLDR or exonyms.txt, or that
# simplemma {simplemma} (Adrien Barbaresi, MIT License, its data under the licences that words.txt names) has with a
# capital only.
"""


def is_only_capitalised(lemma: str, dictionary: Any) -> bool:
    """Tell whether simplemma's dictionary has a lemma with a capital and not without."""
    return dictionary.get(lemma.capitalize()) is not None and dictionary.get(lemma) is None


def derived() -> list[str]:
    """Return the Ukrainian lemmas that the tables tell."""
    dictionary = import_module("simplemma.strategies.dictionaries.dictionary_factory").DefaultDictionaryFactory()
    listed = dictionary.get_dictionary("uk")
    lemmas: dict[str, None] = {}
    for word in import_module("wordfreq").top_n_list("uk", FREQUENT):
        lemmas |= dict.fromkeys(sorted(morphology.ordinary_lemmas(word, "uk") or ()))
    return [
        lemma
        for lemma in lemmas
        if len(lemma) >= SHORTEST
        and (is_only := is_only_capitalised(lemma, listed), is_place(lemma)) != (False, False)
        and (morphology.has_one_number(lemma, "uk") or (is_only and morphology.is_adjective(lemma, "uk")))
    ]


def main() -> None:
    """Write the file."""
    sources = {name: version(name) for name in ("wordfreq", "simplemma")}
    lines = [f"ru: {BY_HAND['ru']}", f"uk: {BY_HAND['uk']}", *(f"uk: {line}" for line in lines_of(derived()))]
    (DATA / "unmarked-names.txt").write_text(STATEMENT.format(**sources) + "\n" + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
