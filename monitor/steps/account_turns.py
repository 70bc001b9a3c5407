"""Take an account with what is due through it: of all processes one at a time sends by it, so that its connections
are bounded over all, and what one of them learns of it the next one knows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.alerts import CATCH_UP, STALE_AFTER, AccountHealth, WaitingDelivery, catch_up, stamp
from monitor.alerts.account_health import MIN_RECIPIENTS
from monitor.alerts.suspects import Suspects
from monitor.channels import MAIL_CHANNELS
from monitor.config import Config
from monitor.steps.active_config import ActiveConfig
from monitor.steps.claims import ClaimEnd
from monitor.steps.config_in_force import by_present_config, is_outdated
from monitor.steps.context import Context
from monitor.steps.incident_mails import ACCOUNT, endpoint_incident
from monitor.steps.mute_guard import silence_muted
from monitor.steps.quiet_guard import postpone_quiet
from monitor.steps.send_attempt import LEASE
from monitor.steps.sending_accounts import MAIL, account_of, way_of
from monitor.steps.step_aside import leaves_to_others
from monitor.store import (
    Connection,
    account_records,
    config_generation,
    deliveries,
    delivery_admin,
    delivery_threads,
    incident_records,
    outbox,
)
from monitor.store.outbox import ClaimFilter, DueDelivery

AT_ONCE = 20
"""Deliveries of one turn."""
_TURN = AT_ONCE * LEASE
"""How long an account is leased: longer than all answers of a turn take. Whoever dies has it given back by name."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An account that this process has to itself, how that works, and the deliveries that it sends.

    `generation` is that of the configuration at its beginning: an edit since may have repaired the account. None are
    due yet where mutes have to take out more than one transaction does.
    """

    account: str
    health: AccountHealth
    due: tuple[DueDelivery, ...]
    generation: int

    @property
    def token(self) -> str:
        """The token of the account and of its deliveries."""
        return self.due[0].token


async def take_turn(ctx: Context, account: str) -> Turn | None:
    """Lease an account and what is due through it, one delivery for each recipient; None where it is not our turn.

    An account is MAIL, or a recipient with an address of his own. What this machine cannot send, such as mails into a
    folder, is left to others. Raises StoreError.
    """
    if await leaves_to_others(ctx, account):
        return None
    while taken := await by_present_config(ctx, lambda: ctx.claims.claim(_take, _releases, ctx, account)):
        if taken[0].due:
            return taken[0]
    return None


def releases(turn: Turn) -> list[ClaimEnd]:
    """Return the ends of a turn that could not be made: what is left of it is free again."""
    return [(outbox.release, (turn.token,)), (_end, (turn,))]


def _releases(taken: list[Turn]) -> list[ClaimEnd]:
    return [end for turn in taken if turn.due for end in releases(turn)]


async def end_turn(ctx: Context, turn: Turn) -> None:
    """Give an account back, with what was learned of it."""
    await ctx.claims.end(_end, turn)


def _end(conn: Connection, turn: Turn) -> None:
    if config_generation.present(conn) != turn.generation:
        turn.health.resume()
    account_records.end(conn, turn.token, turn.health.as_text())


def resume_accounts(conn: Connection) -> None:
    """End the pauses of all accounts, since the settings by which they were planned have changed."""
    for account, text in account_records.healths(conn).items():
        health = AccountHealth.of_text(text, is_shared=account == MAIL)
        health.resume()
        account_records.set_health(conn, account, health.as_text())


def _take(conn: Connection, ctx: Context, account: str) -> list[Turn]:
    is_outdated(conn, ctx, ctx.active.generation)
    active, now = ctx.active, ctx.clock.now()
    stored = account_records.load(conn, account)
    if stored.is_taken(now):
        return []
    health = _health(conn, active.config, account, stored.health)
    which = _claim_filter(ctx, account, health)
    if health.is_paused(now):
        which = replace(which, without=[*which.after, *which.late])
        if not health.may_ask_another() or not outbox.is_another_due(conn, now, which):
            return []
    if not prepare(conn, active, account, health.suspects, now):
        return [Turn(account, health, (), config_generation.present(conn))]
    # After an account failed, a few deliveries try whether it works again; the rest waits for their answer.
    limit = MIN_RECIPIENTS if health.is_failing else AT_ONCE
    due = outbox.claim(conn, now, limit, LEASE, which)
    if not due:
        return []
    account_records.lease(conn, account, due[0].token, now + _TURN)
    return [Turn(account, health, tuple(due), config_generation.present(conn))]


def _health(conn: Connection, config: Config, account: str, text: str) -> AccountHealth:
    """Return how an account works; first after a start, it is in trouble if its incident is still open."""
    if text:
        return AccountHealth.of_text(text, is_shared=account == MAIL)
    open_ = {incident.key for incident in incident_records.unclosed(conn)}
    return AccountHealth(bool(open_ & set(incident_keys(config, account))), is_shared=account == MAIL)


def incident_keys(config: Config, account: str) -> list[str]:
    """Return the keys of the incidents that an accepted delivery of this account ends."""
    if account == MAIL:
        return [ACCOUNT + channel for channel in MAIL_CHANNELS]
    endpoint = config.endpoints.get(account)
    return [ACCOUNT + endpoint_incident(endpoint, config.settings)[0]] if endpoint else []


def _claim_filter(ctx: Context, account: str, health: AccountHealth) -> ClaimFilter:
    which = ClaimFilter(others=MAIL_CHANNELS, recipient=account)
    if account == MAIL:
        which = ClaimFilter(MAIL_CHANNELS, last=frozenset(health.postponed))
    # What was refused comes last: where another one is taken, the account is not the cause.
    late, after = frozenset(health.suspects.rests), frozenset(health.suspects.refused)
    return replace(which, late=late, after=after, worker=ctx.claims.worker, way=way_of(ctx.active.config, account))


def prepare(conn: Connection, active: ActiveConfig, account: str, suspects: Suspects, now: datetime) -> bool:
    """Take from what is due what is muted, put off what would disturb, and merge what waited for too long.

    False where more is muted than one transaction takes out.
    """
    if not silence_muted(conn, active.config.routes, now):
        return False
    postpone_quiet(conn, active, now)
    _merge_stale(conn, account, suspects, now)
    return True


def _merge_stale(conn: Connection, account: str, suspects: Suspects, now: datetime) -> None:
    """After an outage, merge what waited too long for an account into one catch-up mail for each recipient.

    What shows whether the account or one message is the cause of it stays apart.
    """
    if not delivery_admin.waiting_since(conn, now - STALE_AFTER):
        return
    overdue = [
        one
        for one in delivery_admin.waiting_since(conn, now)
        if account_of(one.alert) == account and not suspects.wait_apart(one.id)
    ]
    # The mail is of the thread of the oldest of them.
    possible = [(one.alert.recipient, CATCH_UP + stamp(one.alert.due)) for one in overdue]
    threads = delivery_threads.open_sequences(conn, possible)
    sequences = {key: last if is_open else last + 1 for key, (last, is_open) in threads.items()}
    ids = {(one.alert.recipient, one.alert.thread, one.alert.sequence): one.id for one in overdue}
    for found in catch_up([WaitingDelivery(one.alert) for one in overdue], now, sequences):
        merged = [ids[alert.recipient, alert.thread, alert.sequence] for alert in found.merges]
        deliveries.merge(conn, merged, found.alert, now)
