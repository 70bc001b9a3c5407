"""Keep what is known of the logins of outlets in the database, and tell the operator of one that fails."""

from __future__ import annotations

from datetime import datetime

from monitor.steps.blocked_pages import read_refused
from monitor.steps.context import Context
from monitor.steps.incident_mails import LOGIN
from monitor.steps.incidents import report, settle
from monitor.store import config_files

_REFUSED = "login refused:"  # and the outlet's name: a key of `meta`


class StoredLogins:
    """The records of a running monitor."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def now(self) -> datetime:
        """Return the present moment."""
        return self._ctx.clock.now()

    async def refused(self, outlet: str) -> str:
        """Return the seal of what an outlet refused; empty if it refused nothing."""
        return await self._ctx.store.read(config_files.get_value, _REFUSED + outlet)

    async def note(self, outlet: str, failure: str, seal: str = "") -> None:
        """Store how a login ended, and open or close its incident; while the network is down, none is opened.

        Pages that were refused while it failed are read once it works; that a session was renewed opens no others.
        """
        key = f"{LOGIN}:{outlet}"
        if not failure:
            await self._ctx.store.write(config_files.drop_values, _REFUSED, [outlet])
            if await settle(self._ctx, [key]):
                await self._ctx.store.write(read_refused, [outlet], self.now())
            return
        if seal:
            await self._ctx.store.write(config_files.set_value, _REFUSED + outlet, seal)
        if not self._ctx.access.network.down:
            await report(self._ctx, key, LOGIN, f"{outlet}: {failure}")
