"""How well names are found: recall of inflected forms, token precision and counts, over MONITOR_TEST_DATA/names.

    MONITOR_TEST_DATA=... python -m tests.bench.names [--misses]

Inflection (ru, uk, tr; the `ud` rows): every lemma is expanded as `name(lemma)` without names.yaml. A form of the list
is looked for as the matcher does: canonical tokens in a row, a capital where the form asks for one, only forms of at
least .6 confidence (weaker ones need a second signal) that count in the language.

- recall: rows (lemma, form) whose form is found, over all rows (`all`) and over those whose canonical form differs from
  the lemma's (`inflected`). Rows without a letter (1992'den) and masked ones (@screened) are left out.
- precision: over the tokens of the vocabulary file, weighted by their counts. Every vocabulary token that a lemma's
  forms find is true if the annotators ever gave it that lemma (`by type`); counted strictly, only as many of its
  occurrences are true as the annotators gave that lemma, so that Devlet at the start of a sentence is a fault
  (`by count`).

Our own sets (tests/data/forms) need no data: plain words in thirteen languages, and names from script to script.

Cross-lingual (English surname -> ru, uk, bg, pl, cs; of the first three, rows in Cyrillic only): a row is missed if its
form is not among the forms of `name(english)`; precision counts capitalised vocabulary tokens that are found but are no
form of that person. For bg, pl, cs there is no vocabulary: the forms of the other people stand in for it.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from monitor.model import Form
from monitor.text.forms import expand_name, expand_word
from monitor.text.tokens import canonical

SURE = 0.6
LANGUAGES = ("ru", "uk", "tr")
ABROAD = ("ru", "uk", "bg", "pl", "cs")
CYRILLIC = ("ru", "uk", "bg")
SCRIPTS = ("latin", "cyrillic", "arabic", "greek")
OURS = Path(__file__).parents[1] / "data" / "forms"


@dataclass
class Score:
    """Counts of one language; ratios are properties so that the floor in the tests reads the same figures."""

    rows: int = 0
    found: int = 0
    inflected: int = 0
    inflected_found: int = 0
    true_by_type: int = 0
    false_by_type: int = 0
    true_by_count: int = 0
    false_by_count: int = 0
    forms: int = 0
    names: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)
    false: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        return self.found / max(self.rows, 1)

    @property
    def recall_inflected(self) -> float:
        return self.inflected_found / max(self.inflected, 1)

    @property
    def precision(self) -> float:
        return self.true_by_type / max(self.true_by_type + self.false_by_type, 1)

    @property
    def precision_by_count(self) -> float:
        return self.true_by_count / max(self.true_by_count + self.false_by_count, 1)


class Forms:
    """The sure forms of one name in one language, as canonical token sequences."""

    def __init__(self, forms: Iterable[Form], language: str) -> None:
        wanted = [form for form in forms if form.confidence >= SURE and form.language in ("", language)]
        self._capitals: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._sequences: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for form in wanted:
            self._take(form)

    def _take(self, form: Form) -> None:
        words = tuple(canonical(form.text).split())
        if words and words not in self._capitals:
            places = (at for at, part in enumerate(_split(form.text)) if part[:1].isupper())
            self._capitals[words] = tuple(places) if form.capital else ()
            self._sequences[words[0]].append(words)

    def __len__(self) -> int:
        return len(self._capitals)

    @property
    def beginnings(self) -> Iterable[str]:
        return self._sequences.keys()

    def find(self, token: str) -> bool:
        """Whether the written `token` (perhaps several canonical ones) holds a form, with its capital."""
        written = [part for part in _split(token) if part]
        words = [canonical(part) for part in written]
        return any(self._at(written, words, place) for place in range(len(words)))

    def _at(self, written: list[str], words: list[str], place: int) -> bool:
        for sequence in self._sequences.get(words[place], ()):
            if tuple(words[place : place + len(sequence)]) == sequence:
                return all(written[place + at][:1].isupper() for at in self._capitals[sequence])
        return False


def _split(token: str) -> list[str]:
    from monitor.text.tokens import tokenize

    return [token[word.start : word.end] for word in tokenize(token)]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def inflection(folder: Path, language: str) -> Score:
    """The score of one language over its `ud` rows and its vocabulary."""
    gold: dict[str, Counter[str]] = defaultdict(Counter)
    written: dict[str, str] = {}
    for row in _rows(folder / f"{language}-inflections.tsv"):
        lemma = canonical(row["lemma"])
        if row["source"] == "ud" and not row["lemma"].startswith("@") and any(map(str.isalpha, lemma)):
            gold[lemma][row["form"]] += int(row["count"])
            written.setdefault(lemma, row["lemma"].strip("#\"'«»"))
    vocabulary = _vocabulary(folder, language)
    holding = _holding(vocabulary)
    score = Score(names=len(gold))
    for lemma, rows in gold.items():
        _score(score, Forms(expand_name(written[lemma], {}), language), lemma, rows, (vocabulary, holding))
    return score


def _score(
    score: Score,
    forms: Forms,
    lemma: str,
    rows: Counter[str],
    texts: tuple[Counter[str], dict[str, set[str]]],
) -> None:
    score.forms += len(forms)
    for form in rows:
        found, differs = forms.find(form) or canonical(form) == lemma, canonical(form) != lemma
        score.rows += 1
        score.found += found
        score.inflected += differs
        score.inflected_found += found and differs
        if not found:
            score.missed.append((lemma, form))
    vocabulary, holding = texts
    for token in {token for word in forms.beginnings for token in holding.get(word, ())}:
        if forms.find(token):
            _judge(score, (lemma, token), rows.get(token, 0), vocabulary[token])


def _judge(score: Score, pair: tuple[str, str], annotated: int, met: int) -> None:
    score.true_by_count += min(annotated, met)
    score.false_by_count += max(0, met - annotated)
    if annotated:
        score.true_by_type += met
    else:
        score.false_by_type += met
        score.false[pair] += met


def _vocabulary(folder: Path, language: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in _rows(folder / f"{language}-vocabulary.tsv"):
        counts[row["token"]] += int(row["count"])
    return counts


def _holding(vocabulary: Iterable[str]) -> dict[str, set[str]]:
    holding: dict[str, set[str]] = defaultdict(set)
    for token in vocabulary:
        for word in canonical(token).split():
            holding[word].add(token)
    return holding


def cross_lingual(folder: Path, language: str) -> Score:
    """English surnames looked for in `language`: rows missed, and capitalised tokens of its texts found wrongly."""
    people: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _rows(folder / "cross-lingual.tsv"):
        is_cyrillic = any("Ѐ" <= letter <= "ӿ" for letter in row["form"])
        if row["language"] == language and (is_cyrillic or language not in CYRILLIC):
            people[row["english"]][row["form"]] += int(row["count"])
    others: Counter[str] = sum(people.values(), Counter())
    vocabulary = _vocabulary(folder, language) if language in LANGUAGES else others
    holding = _holding(vocabulary)
    score = Score(names=len(people))
    for english, rows in people.items():
        forms = Forms(expand_name(english, {}), language)
        texts = (Counter({token: count for token, count in vocabulary.items() if token not in rows}), holding)
        _score(score, forms, english, rows, texts)
        met = sum(count for form, count in rows.items() if forms.find(form))
        score.true_by_type += met
        score.true_by_count += met
    return score


def _written(name: str) -> Iterator[list[str]]:
    """The lines of a set that we wrote ourselves."""
    for line in (OURS / name).read_text(encoding="utf-8").splitlines():
        yield line.split("\t")


@cache
def words() -> dict[str, Score]:
    """For each language: the forms of our own plain words that their rules find."""
    scores: dict[str, Score] = defaultdict(Score)
    for language, word, listed in _written("words.tsv"):
        known = {canonical(form.text) for form in expand_word(word) if form.language in ("", language)}
        for form in listed.split():
            _count(scores[language], (word, form), canonical(form) in known)
    return dict(scores)


@cache
def polish_words() -> Score:
    """The forms of Polish words of the press that their rules find, and those that they find of words beside them."""
    score = Score()
    for word, listed, others in _written("polish-words.tsv"):
        known = {canonical(form.text) for form in expand_word(word) if form.language in ("", "pl")}
        for form in listed.split():
            _count(score, (word, form), canonical(form) in known)
        score.forms += len(known)
        score.names += 1
        score.false.update((word, other) for other in others.split() if canonical(other) in known)
    return score


@cache
def scripts() -> dict[tuple[str, str], Score]:
    """For each script and other one: our own names of the one that are found in the other without names.yaml."""
    scores: dict[tuple[str, str], Score] = defaultdict(Score)
    for row in _written("scripts.tsv"):
        for source, name in zip(SCRIPTS, row, strict=True):
            sure = {canonical(form.text) for form in expand_name(name, {}) if form.confidence >= SURE}
            for target, form in zip(SCRIPTS, row, strict=True):
                if source != target and {source, target} != {"latin", "cyrillic"}:
                    _count(scores[source, target], (name, form), canonical(form) in sure)
    return dict(scores)


def _count(score: Score, pair: tuple[str, str], found: bool) -> None:
    score.rows += 1
    score.found += found
    if not found:
        score.missed.append(pair)


def main() -> None:
    """Print the figures of every language."""
    for language, score in sorted(words().items()):
        print(f"words, {language}: {score.recall:.3f} of {score.rows} forms")
        _details(score)
    polish = polish_words()
    print(f"words of the Polish press: {polish.recall:.3f} of {polish.rows} forms, {len(polish.false)} of other words")
    _details(polish)
    for (source, target), score in scripts().items():
        print(f"names, {source} -> {target}: {score.recall:.3f} of {score.rows}")
        _details(score)
    if "MONITOR_TEST_DATA" not in os.environ:
        return
    folder = Path(os.environ["MONITOR_TEST_DATA"]) / "names"
    for language in LANGUAGES:
        began = time.perf_counter()
        score = inflection(folder, language)
        print(
            f"{language}: recall {score.recall:.3f} of {score.rows} rows, inflected {score.recall_inflected:.3f} of "
            f"{score.inflected}; precision {score.precision:.3f} by type, {score.precision_by_count:.3f} by count; "
            f"{score.forms / score.names:.0f} forms a name, {time.perf_counter() - began:.1f} s"
        )
        _details(score)
    for language in ABROAD:
        score = cross_lingual(folder, language)
        print(
            f"English -> {language}: recall {score.recall:.3f}, {len(score.missed)} of {score.rows} missed, precision "
            f"{score.precision:.3f}, {score.forms / score.names:.0f} forms a name"
        )
        _details(score)


def _details(score: Score) -> None:
    if "--misses" in sys.argv:
        print("   missed:", " ".join(f"{lemma}>{form}" for lemma, form in score.missed))
        print("   false:", " ".join(f"{lemma}>{token}" for (lemma, token), _ in score.false.most_common(40)))


if __name__ == "__main__":
    main()
