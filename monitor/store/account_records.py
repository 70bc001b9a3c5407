"""Store by which accounts messages are sent: who sends by each just now, and how it works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.store.account_tables import sending_accounts
from monitor.store.codec import clean
from monitor.store.dialects import upsert

_A = sending_accounts.c


@dataclass(frozen=True, slots=True)
class StoredAccount:
    """An account; `health` is empty where it is not known how it works."""

    token: str | None = None
    lease_until: datetime | None = None
    health: str = ""

    def is_taken(self, now: datetime) -> bool:
        """Whether a process sends by it."""
        return self.token is not None and self.lease_until is not None and self.lease_until > now


def load(conn: sa.Connection, account: str) -> StoredAccount:
    """Return an account; one that is not stored is free and unknown."""
    row = conn.execute(sa.select(_A.token, _A.lease_until, _A.health).where(_A.account == clean(account))).first()
    return StoredAccount(*row) if row else StoredAccount()


def lease(conn: sa.Connection, account: str, token: str, until: datetime) -> None:
    """Lease an account that nobody has."""
    row = {"account": clean(account), "token": token, "lease_until": until, "health": ""}
    upsert(conn, sending_accounts, [row], ["token", "lease_until"])


def end(conn: sa.Connection, token: str, health: str) -> bool:
    """End a lease and store how the account works; False where it was lost, and nothing changes."""
    ended = sa.update(sending_accounts).where(_A.token == token)
    return bool(conn.execute(ended.values(token=None, lease_until=None, health=clean(health))).rowcount)


def healths(conn: sa.Connection) -> dict[str, str]:
    """Return how the accounts work of which that is known."""
    return {row.account: row.health for row in conn.execute(sa.select(_A.account, _A.health).where(_A.health != ""))}


def set_health(conn: sa.Connection, account: str, health: str) -> None:
    """Store how an account works."""
    conn.execute(sa.update(sending_accounts).where(_A.account == account).values(health=clean(health)))


def forget(conn: sa.Connection) -> None:
    """Delete what is known of the accounts, which may have been repaired since; leases stay."""
    conn.execute(sa.update(sending_accounts).values(health=""))
