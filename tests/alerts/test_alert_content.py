"""What a message tells of the stories of a delivery."""

from __future__ import annotations

from dataclasses import replace

from monitor.model import Item, Kind
from tests.alerts.letters import ARTICLES, article, bodies, item, letter, match, render


def test_a_story_of_a_digest_shows_a_sentence_of_its_headings_rule_first() -> None:
    body = "Istanbul talks and Istanbul talks of Kyiv go on. Peskov spoke."
    both = article("courier", "en", "No date yet", body, 40)
    of_both = Item(4, 4, tuple(match(rule, both) for rule in ("Istanbul talks", "Peskov")))
    # Of story 1, the rule of the heading has found only the second article.
    others = (item(3, "Istanbul talks", story=1), item(5, "Peskov", story=1), item(6, "Peskov"))
    several = letter(of_both, *others, kind=Kind.SUMMARY)
    text, _ = bodies(render(replace(several, articles={**ARTICLES, 4: both})))
    assert "== Peskov (3) ==" in text
    assert "*Peskov* spoke.\n*Istanbul talks* and *Istanbul talks* of Kyiv go on.\n" in text
    assert "Vor der vierten Runde\nAbendpost" in text
    assert "Sprecher Dmitri *Peskow* nannte keinen Termin." in text
