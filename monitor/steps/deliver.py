"""Claim the deliveries that are due, send them through every account at the same time, and record the results."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.alerts import CATCH_UP, STALE_AFTER, AccountHealth, Concern, WaitingDelivery, catch_up, concern, stamp
from monitor.alerts.account_health import MIN_RECIPIENTS, AccountRefusal, is_refusal
from monitor.alerts.retry import account_pause
from monitor.alerts.suspects import Suspects
from monitor.channels import CHANNELS, MAIL_CHANNELS, ChannelSession
from monitor.errors import SendError, StoreError
from monitor.model import Kind, Message
from monitor.steps.claims import ClaimEnd
from monitor.steps.context import Context
from monitor.steps.incident_mails import ACCOUNT, MAIL_ACCOUNT, endpoint_incident
from monitor.steps.incidents import open_endpoint, report, settle
from monitor.steps.message_parts import divide_refused, divide_unclear, rejoin
from monitor.steps.mute_guard import silence_muted
from monitor.steps.quiet_guard import postpone_quiet
from monitor.steps.send_attempt import (
    LEASE,
    fail,
    message_of,
    recipient_incident,
    record_refusal,
    report_unconfirmed,
    send,
)
from monitor.steps.sending_accounts import MAIL, account_of, way_of
from monitor.steps.told_instead import tell_instead, tell_unclear
from monitor.store import (
    Connection,
    deliveries,
    delivery_admin,
    delivery_parts,
    delivery_threads,
    incident_records,
    outbox,
)
from monitor.store.outbox import ClaimFilter, DueDelivery, Postponed

AT_ONCE = 20
"""Deliveries of one claim."""


async def deliver(ctx: Context) -> int:
    """Send what is due through every account; return how many deliveries were accepted."""
    accounts = [MAIL, *await due_endpoints(ctx)]
    found = await asyncio.gather(*(deliver_by(ctx, account) for account in accounts), return_exceptions=True)
    for one in found:
        if isinstance(one, BaseException):
            raise one
    return sum(one for one in found if isinstance(one, int))


async def due_endpoints(ctx: Context) -> list[str]:
    """Return the recipients with an address of their own to whom a delivery is due."""
    return await ctx.store.read(outbox.due_recipients, ctx.clock.now(), MAIL_CHANNELS)


async def deliver_by(ctx: Context, account: str) -> int:
    """Send what is due through one account, one delivery for each recipient; return how many were accepted.

    An account is MAIL, or a recipient with an address of his own.
    """
    now, health = ctx.clock.now(), await _health(ctx, account)
    which = _claim_filter(ctx, account, health)
    if health.is_paused(now):
        which = replace(which, without=[*which.after, *which.late])
        if not health.may_ask_another() or not await ctx.store.read(outbox.is_another_due, now, which):
            return 0
    await ctx.store.write(_prepare, ctx, account, now)
    # After an account failed, a few deliveries try whether it works again; the rest waits for their answer.
    limit = MIN_RECIPIENTS if health.is_failing else AT_ONCE
    due = await ctx.claims.claim(outbox.claim, _releases, now, limit, LEASE, which)
    try:
        return await _ClaimRound(ctx, account, health, due).run()
    except StoreError:
        # The rest of the claim is released as soon as the store answers, and not when its lease runs out.
        ctx.claims.release_later(*_releases(due))
        raise


def _claim_filter(ctx: Context, account: str, health: AccountHealth) -> ClaimFilter:
    which = ClaimFilter(others=MAIL_CHANNELS, recipient=account)
    if account == MAIL:
        which = ClaimFilter(MAIL_CHANNELS, last=frozenset(health.postponed))
    # What was refused comes last: where another one is taken, the account is not the cause.
    late, after = frozenset(health.suspects.rests), frozenset(health.suspects.refused)
    return replace(which, late=late, after=after, worker=ctx.claims.worker, way=way_of(ctx.active.config, account))


def _releases(due: list[DueDelivery]) -> list[ClaimEnd]:
    return [(outbox.release, (token,)) for token in {one.token for one in due}]


async def report_unanswered(ctx: Context) -> None:
    """At a start, tell the operator of mails whose second attempt the last process did not live to see answered."""
    for id_, alert in await ctx.store.write(outbox.end_unanswered, ctx.clock.now(), ctx.claims.worker):
        await report_unconfirmed(ctx, id_, alert, "monitor ended before the answer")


def _prepare(conn: Connection, ctx: Context, account: str, now: datetime) -> None:
    silence_muted(conn, ctx.active.config.routes, now)
    postpone_quiet(conn, ctx.active, now)
    _merge_stale(conn, account, ctx.accounts.health[account].suspects, now)


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


async def _health(ctx: Context, account: str) -> AccountHealth:
    """Return how an account works; first after a start, it is in trouble if its incident is still open."""
    if account not in ctx.accounts.health:
        open_ = {incident.key for incident in await ctx.store.read(incident_records.unclosed)}
        is_failing = bool(open_ & set(_incident_keys(ctx, account)))
        ctx.accounts.health.setdefault(account, AccountHealth(is_failing, is_shared=account == MAIL))
    return ctx.accounts.health[account]


def _incident_keys(ctx: Context, account: str) -> list[str]:
    """Return the keys of the incidents that an accepted delivery of this account ends."""
    if account == MAIL:
        return [ACCOUNT + channel for channel in MAIL_CHANNELS]
    endpoint = ctx.active.config.endpoints.get(account)
    return [ACCOUNT + endpoint_incident(endpoint, ctx.active.config.settings)[0]] if endpoint else []


@dataclass(slots=True)
class _ClaimRound:
    """The deliveries of one claim, sent through one session.

    `unattributed` are refusals of which it is not known yet whether the account or the recipient is the cause.
    """

    ctx: Context
    account: str
    health: AccountHealth
    left: list[DueDelivery]
    unattributed: list[tuple[DueDelivery, SendError]] = field(default_factory=list)
    sent: int = 0

    async def run(self) -> int:
        """Send all deliveries and return how many were accepted; when the account fails, the rest is put back."""
        if self.account != MAIL and self.account not in self.ctx.active.config.endpoints:
            for due in self.left:
                await fail(self.ctx, due, "its address stands in the files no more", recipient_incident(self.account))
            return 0
        try:
            async with AsyncExitStack() as stack:
                session: ChannelSession | None = None
                while self.left and not self.ctx.signals.is_stopping:
                    if message := await message_of(self.ctx, self.left[0]):
                        session = session or await self._open(stack)
                        await self._try(session, self.left[0], message)
                    del self.left[0]
            await self._attribute()
        except SendError as error:
            await self._pause(error)
        return self.sent

    async def _open(self, stack: AsyncExitStack) -> ChannelSession:
        config = self.ctx.active.config
        settings = config.settings
        if self.account != MAIL:
            return await stack.enter_async_context(open_endpoint(config, self.account))
        # Mail leaves by the channel that the files name now, also where it was planned for another one.
        return await stack.enter_async_context(CHANNELS[settings.channel].open(settings.options, settings.secret))

    async def _try(self, session: ChannelSession, due: DueDelivery, message: Message) -> None:
        """Make and record one attempt; a SendError of the account is raised, since it concerns no single delivery."""
        try:
            if await send(self.ctx, session, due, message):
                await self._accepted(due)
        except SendError as sent:
            error = await self._of_message(due, sent)
            if error.account:
                raise
            refusal = _refusal(due, error)
            if error.maybe_delivered or not self.health.may_concern_account(refusal):
                await self._refuse(due, error)
                if error.maybe_delivered and self.health.is_silent_again():
                    # Nothing more is spent on an account that answers nobody.
                    self.left.remove(due)
                    raise SendError(str(error), account=True, phase=error.phase) from None
                return
            self.unattributed.append((due, error))
            if self.health.account_refusals(_refusal(*one) for one in self.unattributed):
                raise

    async def _of_message(self, due: DueDelivery, error: SendError) -> SendError:
        """Return a refusal of the account as one of this message for now, where the account takes others.

        That it took one since this one was refused itself is known after a restart, too.
        """
        if not error.account or error.retry_after is not None or self.account == MAIL or not is_refusal(error.answer):
            return error
        since = due.first_attempt_at
        is_own = self.health.is_of_message(due.id, error.answer) or (
            since is not None and await self.ctx.store.read(delivery_parts.is_sent_since, due.alert.recipient, since)
        )
        return SendError(str(error), phase=error.phase) if is_own else error

    async def _accepted(self, due: DueDelivery) -> None:
        """Record that the account works: earlier refusals are the recipients'; those that look ours are retried."""
        self.sent += 1
        now, unattributed, self.unattributed = self.ctx.clock.now(), self.unattributed, []
        self.health.postponed |= {
            one.alert.recipient for one, error in unattributed if _refusal(one, error).concerns_account
        }
        recovered = self.health.is_failing
        self.health.record_accepted(due.alert.recipient)
        self.health.suspects.accept(due.id)
        for one, error in unattributed:
            if _refusal(one, error).concerns_account:
                await self._put_back(one, now, error)
            else:
                await self._refuse(one, error)
        if recovered:
            await settle(self.ctx, _incident_keys(self.ctx, self.account))
            self.health.suspects.on_last_try |= set(await rejoin(self.ctx, self.account))

    async def _refuse(self, due: DueDelivery, error: SendError) -> None:
        """Record a refusal as the recipient's; a limit on how much we send is temporary and never final for him."""
        if not error.maybe_delivered and concern(error.answer) is not Concern.RECIPIENT:
            self.health.counted.append(_refusal(due, error))
        if not error.maybe_delivered and concern(error.answer) is Concern.LIMIT:
            error = SendError(str(error), phase=error.phase)
        refusals = due.attempts + 1
        if parts := await divide_refused(self.ctx, due, error, refusals):
            self.health.suspects.on_last_try |= set(parts)
            return
        if await tell_instead(self.ctx, due, error, refusals):
            return
        is_final = await record_refusal(self.ctx, due, error)
        # A notice that failed makes no notice of its own, but that the operator's own address refuses is told by mail.
        if is_final and self.account != MAIL and due.alert.kind is Kind.NOTICE:
            self.health.is_failing = True
            await self._report(error)

    async def _put_back(
        self, due: DueDelivery, moment: datetime, error: SendError, paused_until: datetime | None = None
    ) -> None:
        now = self.ctx.clock.now()
        until = Postponed(moment, now, str(error), due.maybe_delivered, counts=False, paused_until=paused_until)
        await self.ctx.claims.end(outbox.postpone, due, until)

    async def _attribute(self) -> None:
        """Attribute refusals that no success followed: to the account where one concerns us, else to the recipients."""
        found, now = [_refusal(*one) for one in self.unattributed], self.ctx.clock.now()
        if self.ctx.signals.is_stopping:
            for due, error in self.unattributed:
                await self._put_back(due, due.alert.due, error)
        elif (
            len(found) == 1
            and found[0].concerns_account
            and self.sent
            and concern(found[0].answer) is not Concern.LIMIT
        ):
            # The account worked a moment ago and nobody else is refused: one more attempt, then it is the recipient's.
            self.health.on_last_try.add(found[0].recipient)
            await self._put_back(self.unattributed[0][0], now + account_pause(0), self.unattributed[0][1])
        elif found and (self.health.is_failing or any(refusal.concerns_account for refusal in found)):
            raise self.unattributed[0][1]
        else:
            for due, error in self.unattributed:
                await self._refuse(due, error)

    async def _pause(self, error: SendError) -> None:
        """Pause the account: no recipient is blamed, everything waits as it was, and the operator is told once."""
        now, found = self.ctx.clock.now(), [_refusal(*one) for one in self.unattributed]
        wrongly_failed = self.health.wrongly_counted(found)
        waiting = {due.id: due for due in (*(due for due, _ in self.unattributed), *self.left)}
        refused = self._refused_by(error)
        if error.retry_after is None:
            self.health.pause(now, error.answer, [_refusal(*one) for one in refused])
        else:
            self.health.throttle(now, error.retry_after)
        for due, answer in refused:
            if await divide_unclear(self.ctx, due, answer, self.health.suspects):
                del waiting[due.id]
            elif self.health.suspects.is_alone(due.id) and await tell_unclear(self.ctx, due, answer):
                self.health.suspects.refused.discard(due.id)
                del waiting[due.id]
        for due in waiting.values():
            await self._put_back(due, min(due.alert.due, now), error, self.health.paused_until)
        if wrongly_failed:
            await self.ctx.store.write(outbox.requeue, [one.delivery for one in wrongly_failed], now)
            await settle(self.ctx, [recipient_incident(one.recipient) for one in wrongly_failed])
        if self.health.is_failing:
            await self._report(error)

    def _refused_by(self, error: SendError) -> list[tuple[DueDelivery, SendError]]:
        """Return the messages that the account refused, of which one may be the cause itself."""
        if self.account == MAIL:
            return self.unattributed
        is_refused = error.retry_after is None and is_refusal(error.answer)
        return [(due, error) for due in self.left[:1]] if is_refused else []

    async def _report(self, error: SendError) -> None:
        config = self.ctx.active.config
        if self.account == MAIL:
            channel = config.settings.channel
            await report(self.ctx, ACCOUNT + channel, MAIL_ACCOUNT, f"no mail can be sent ({channel}): {error}")
        elif endpoint := config.endpoints.get(self.account):
            name, kind = endpoint_incident(endpoint, config.settings)
            await report(self.ctx, ACCOUNT + name, kind, f"nothing can be posted to {self.account}: {error}")


def _refusal(due: DueDelivery, error: SendError) -> AccountRefusal:
    return AccountRefusal(due.id, due.alert.recipient, error.answer)
