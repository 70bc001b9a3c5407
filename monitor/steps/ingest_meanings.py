"""Add to what polls brought the vectors of what articles mean, where a story may depend on them."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.steps.context import Context
from monitor.steps.ingest_batches import IngestBatch, marks_of_all, version_of
from monitor.steps.meanings import meanings_of


async def add_meanings(ctx: Context, group: Sequence[IngestBatch]) -> None:
    """Give the batches of one transaction the vectors that come in time; what rules find comes first."""
    if not ctx.active.config.settings.keys.stories.meaning:
        return
    marks = marks_of_all(group)
    read = [
        (not batch.verdicts[version_of(article)].matches, article, marks[article.digest])
        for batch in group
        for article in map(batch.current, batch.fresh)
    ]
    first = sorted(read, key=lambda one: one[0])
    vectors = await meanings_of(ctx.store, ctx.stories, ctx.meanings, [(one, of) for _, one, of in first if of.event])
    for batch in group:
        batch.meanings = vectors
