"""Close PostgreSQL connections whose server does not answer in time.

A server that hangs, and a pooler that lost its server, still acknowledge TCP packets: neither keepalives nor
`tcp_user_timeout` notice, and `statement_timeout` is enforced by the server. So the time is measured here.
"""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg

if TYPE_CHECKING:
    from psycopg.abc import PQGen

    from monitor.store.postgres import Timeout

R = TypeVar("R")


class NoAnswerError(psycopg.OperationalError):
    """The server sent nothing for as long as this session waits; the statement may have been executed."""


class DeadlineSession(psycopg.Connection[tuple[Any, ...]]):
    """A connection that is closed from our side when nothing was received or sent for as long as `timeout` says.

    Every statement, COPY, COMMIT and ROLLBACK of psycopg waits in `wait`; connecting has `connect_timeout`.
    """

    timeout: Timeout

    def wait(self, gen: PQGen[R], *args: Any, **kwargs: Any) -> R:
        """Run a protocol exchange with the server to its end; raise NoAnswerError when the server stops answering."""
        return super().wait(self._timed(gen), *args, **kwargs)

    def _timed(self, gen: PQGen[R]) -> Generator[Any, Any, R]:
        """Wrap the exchange to check the time: psycopg resumes it when the socket is ready and every 0.1 seconds."""
        last_ready = monotonic()
        try:
            wait_for = next(gen)
            while True:
                ready = yield wait_for
                if ready:
                    last_ready = monotonic()
                elif (silent := monotonic() - last_ready) >= self.timeout.seconds:
                    self.pgconn.finish()
                    raise NoAnswerError(f"the server did not answer for {silent:.0f} seconds")
                wait_for = gen.send(ready)
        except StopIteration as end:
            done: R = end.value
            return done
