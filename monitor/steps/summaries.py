"""Release summaries once the polls that they wait for are over, and mails about the past once that is read."""

from __future__ import annotations

from monitor.alerts import BACKFILL, CATCH_UP, SUMMARY, stamp
from monitor.steps import shared_outage
from monitor.steps.clock import Outage
from monitor.steps.context import Context
from monitor.steps.poller import Poller
from monitor.steps.quiet_guard import releasable
from monitor.store import Connection, backfills, deliveries, fulltext_queue, poll_records


class Summaries:
    """Releases the summaries of first polls and of the past, and the mails after our outages.

    `batch_id` names this start.
    """

    def __init__(self, ctx: Context, poller: Poller, batch_id: str) -> None:
        self._ctx = ctx
        self._poller = poller
        self._batch_id = batch_id

    async def round(self) -> None:
        """Release the summaries whose feeds were all polled, and the outage mails once every feed was.

        They leave when the recipients' quiet hours allow it. The end of this start's first poll is logged once.
        """
        now, outage = self._ctx.clock.now(), self._ctx.clock.outage
        waiting, ready, is_over = await self._ctx.store.read(_first_polls, outage)
        threads = [*ready, CATCH_UP + stamp(outage.ended)] if outage and is_over else ready
        for id_, due in await self._ctx.store.read(releasable, self._ctx.active.config, threads, now):
            await self._ctx.store.write(deliveries.set_due, [id_], due)
        if is_over:
            # From now on articles are planned as usual.
            self._ctx.clock.outage = None
            await self._ctx.store.write(shared_outage.store, None)
        if self._batch_id not in waiting and not self._poller.is_busy():
            self._poller.report.end_first_poll()


def _first_polls(conn: Connection, outage: Outage | None) -> tuple[set[str], list[str], bool]:
    """Return the batch ids that wait for a first poll or one of its pages, and the threads of summaries that are ready.

    Third, whether every feed was polled since an outage of ours, and every page of its articles was tried.
    """
    waiting = poll_records.batches_without_poll(conn) | fulltext_queue.batch_ids(conn)
    threads = deliveries.waiting_threads(conn, SUMMARY)
    ready = [thread for thread in threads if thread.removeprefix(SUMMARY) not in waiting]
    ready += _read_pasts(conn)
    is_over = (
        outage is not None
        and not poll_records.count_unpolled(conn, outage.ended)
        and not fulltext_queue.count_late(conn)
    )
    return waiting, ready, is_over


def _read_pasts(conn: Connection) -> list[str]:
    """Return the threads of mails about the past of outlets that is read as far as it will be."""
    threads = deliveries.waiting_threads(conn, BACKFILL)
    unread = {BACKFILL + stamp(moment) for moment in backfills.unfinished(conn)} if threads else set()
    return [thread for thread in threads if thread not in unread]
