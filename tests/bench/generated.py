"""Articles and rules made up for benches: words of six languages, Zipf's frequencies, topics that rules are on."""

from __future__ import annotations

import random
from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate

from monitor.model import Article, Outlet

TOKENS = 330
_ALPHABETS = {
    "en": ("b c d f g h l m n p r s t v w st tr pl", "a e i o u ea ou"),
    "de": ("b d f g h k l m n r s t w sch pf st", "a e i o u ei au ü ö ä"),
    "tr": ("b c ç d g k l m n r s ş t v y", "a e ı i o ö u ü"),
    "ru": ("б в г д ж з к л м н п р с т ф х ч ш ст пр", "а е и о у ы я ю"),
    "uk": ("б в г ґ д ж з к л м н п р с т х ч ш", "а е и і о у є ї я"),
    "ar": ("ب ت ج ح د ر س ش ع ف ق ك ل م ن ه", "ا و ي"),
}
_VOCABULARY = 12_000
_TOPIC_WORDS = (150, _VOCABULARY)
_STOPPED_WORDS = 80


@dataclass(frozen=True)
class Topic:
    """Four words of one language that belong together, and the language."""

    language: str
    words: tuple[str, ...]


class World:
    """Languages, topics, articles and rules, the same for the same seed."""

    def __init__(self, topics: int, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.words = {language: self._vocabulary(*sounds) for language, sounds in _ALPHABETS.items()}
        self._cumulative = list(accumulate(1 / (rank + 2) for rank in range(_VOCABULARY)))
        languages = list(self.words)
        self.topics = [self._topic(languages[number % len(languages)]) for number in range(topics)]
        self.of_language = {language: [t for t in self.topics if t.language == language] for language in languages}
        self.outlets = [self._outlet(number, languages) for number in range(200)]

    def _vocabulary(self, consonants: str, vowels: str) -> list[str]:
        """Words, the more frequent the shorter."""
        first, second = consonants.split(), vowels.split()
        words: dict[str, None] = {}
        while len(words) < _VOCABULARY:
            syllables = 1 + (len(words) > _STOPPED_WORDS) + (len(words) > 2_000) + (self.random.random() < 0.4)
            made = "".join(self.random.choice(first) + self.random.choice(second) for _ in range(syllables))
            words[made + self.random.choice(["", self.random.choice(first)])] = None
        return list(words)

    def _topic(self, language: str) -> Topic:
        return Topic(language, tuple(self.words[language][self.random.randrange(*_TOPIC_WORDS)] for _ in range(4)))

    def _outlet(self, number: int, languages: list[str]) -> Outlet:
        language = languages[number % len(languages)]
        return Outlet(f"outlet-{number}", f"Outlet {number}", (), language=language, country=language)

    def article(self, topics: float, hot: float) -> tuple[Article, Outlet]:
        """One article of 330 words on about so many topics, with this chance on one of the first ten."""
        outlet = self.random.choice(self.outlets)
        vocabulary, total = self.words[outlet.language], self._cumulative[-1]
        words = [vocabulary[bisect(self._cumulative, self.random.random() * total)] for _ in range(TOKENS)]
        chosen = [self.random.choice(self.of_language[outlet.language]) for _ in range(self._about(topics))]
        if self.random.random() < hot:
            chosen.append(self.random.choice(self.topics[:10]))
        for topic in chosen:
            place = self.random.randrange(TOKENS - 8)
            words[place : place + 2] = topic.words[:2]
            words[place + 4 : place + 6] = topic.words[2:]
        return self._written(words, outlet), outlet

    def _about(self, mean: float) -> int:
        return int(mean) + (self.random.random() < mean % 1)

    def _written(self, words: list[str], outlet: Outlet) -> Article:
        sentences = []
        for start in range(10, TOKENS, 16):
            sentence = words[start : start + 16]
            sentences.append(f"{sentence[0].capitalize()} {' '.join(sentence[1:8])}, {' '.join(sentence[8:])}.")
        title = " ".join(words[:10]).capitalize()
        return Article(outlet.name, "", title, body=" ".join(sentences), language=outlet.language)

    def rule(self, number: int) -> str:
        """The query of one rule: OR of aliases 30 %, AND 25 %, AND NOT 15 %, NEAR 15 %, phrase 10 %, prefix 5 %."""
        topic = self.topics[number % len(self.topics)]
        a, b, c, d = topic.words
        kind = self.random.random()
        if kind < 0.30:
            return " OR ".join(self._alias(word) for word in topic.words[:3])
        if kind < 0.55:
            return f"{a} AND {c}"
        if kind < 0.70:
            return f"({b} AND {d}) AND NOT {self._alias(a)}"
        if kind < 0.85:
            return f"{a} NEAR/10 {d}"
        if kind < 0.95:
            return f'"{a} {b}"'
        return f"{a[:6]}{'a' * (4 - len(a))}* AND {b}"

    def _alias(self, word: str) -> str:
        """A name that few articles have: most are made up for the rule, as names are."""
        return word + self.random.choice("абвгдежз" if word > "а" else "bcdfghkl") * 2
