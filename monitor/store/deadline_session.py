"""PostgreSQL sessions that do not wait for ever: who stays silent for too long is hung up on.

A server that stands still, and a pooler that lost its server, still acknowledge what they are sent: neither keepalives
nor `tcp_user_timeout` notice, and `statement_timeout` is the server's own. So the clock is ours.
"""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg

if TYPE_CHECKING:
    from psycopg.abc import PQGen

    from monitor.store.postgres import Patience

R = TypeVar("R")


class SilentError(psycopg.OperationalError):
    """Nothing came from the other end for as long as this session waits; what was asked may have been done."""


class DeadlineSession(psycopg.Connection[tuple[Any, ...]]):
    """A connection that is closed from our side when nothing was heard or taken for as long as `patience` says.

    Every statement, COPY, COMMIT and ROLLBACK of psycopg waits here; connecting has `connect_timeout`.
    """

    patience: Patience

    def wait(self, gen: PQGen[R], *args: Any, **kwargs: Any) -> R:
        """Carry a conversation with the server to its end; raise SilentError when it stops answering."""
        return super().wait(self._heard(gen), *args, **kwargs)

    def _heard(self, gen: PQGen[R]) -> Generator[Any, Any, R]:
        """The same conversation, looked at whenever the line moved and several times a second when it did not."""
        heard = monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    heard = monotonic()
                elif (silent := monotonic() - heard) >= self.patience.seconds:
                    self.pgconn.finish()
                    raise SilentError(f"the server did not answer for {silent:.0f} seconds")
                wanted = gen.send(ready)
        except StopIteration as end:
            done: R = end.value
            return done
