"""Tell edits of articles from excerpts that break off elsewhere than before, which are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from monitor.articles import is_continued, is_shortened
from monitor.model import Article
from monitor.steps.held_edits import Version


class SettledEdits(NamedTuple):
    """The new and changed articles of a page, the edits among them by version, and those that only say more.

    A text of which a feed shows less than before says what it said.
    """

    fresh: list[Article]
    edited: Mapping[Version, int]
    continued: frozenset[Version]


def settle_ends(
    fresh: Sequence[Article],
    edited: Mapping[Version, int],
    stored: Mapping[int, Article],
    shown: Mapping[int, bytes],
) -> SettledEdits:
    """Return what a page changes, by the digests that it showed of the articles it edits and what these are `stored`.

    Those are in the words of feeds, also where their pages were read: excerpts are compared with excerpts.
    """
    articles, left, continued = list(fresh), dict(edited), set[Version]()
    for at, one in enumerate(fresh):
        version = one.keys, one.digest
        before = stored.get(id_) if (id_ := edited.get(version)) is not None else None
        if id_ is None or before is None:
            continue
        if is_shortened(before, one):
            del left[version]
            articles[at] = one._replace(lead=before.lead, body=before.body, digest=shown[id_])
        elif is_continued(before, one):
            continued.add(version)
    return SettledEdits(articles, left, frozenset(continued))
