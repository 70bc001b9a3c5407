"""The deliveries that wait: claimed, sent by each way out at the same time, recorded; repeatable at every point."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.alerts import CATCH_UP, STALE_AFTER, AccountHealth, Concern, WaitingDelivery, catch_up, concern
from monitor.alerts.account_health import MIN_RECIPIENTS, AccountRefusal
from monitor.alerts.retry import account_pause
from monitor.channels import CHANNELS, ChannelSession
from monitor.errors import SendError, StoreError
from monitor.model import Message
from monitor.steps.context import Context, End
from monitor.steps.incident_mails import MAIL_ACCOUNT, OPERATOR_WEBHOOK
from monitor.steps.incidents import open_webhook, report, settle
from monitor.steps.quiet_guard import postpone_quiet
from monitor.steps.send_attempt import LEASE, fail, message_of, reader, refused, report_unconfirmed, send
from monitor.store import Connection, deliveries, delivery_admin, incident_records, outbox
from monitor.store.outbox import ClaimFilter, DueDelivery, Postponed

MAIL, WEBHOOK = "mail", "webhook"
WAYS = (MAIL, WEBHOOK)
"""The ways out, none of which waits for another: the one that the files name for mail, and the operator's webhook."""
AT_ONCE = 20
_CATCH_UPS_KEPT = timedelta(days=30)
ACCOUNT = "account:"


async def deliver(ctx: Context) -> int:
    """Send what is due by every way; return how many were accepted."""
    found = await asyncio.gather(*(deliver_by(ctx, way) for way in WAYS), return_exceptions=True)
    for one in found:
        if isinstance(one, BaseException):
            raise one
    return sum(one for one in found if isinstance(one, int))


async def deliver_by(ctx: Context, way: str) -> int:
    """Send what is due by one way, one delivery per recipient; return how many were accepted."""
    now, has_webhook = ctx.now(), bool(ctx.config.settings.operator_webhook)
    if way == WEBHOOK and not has_webhook:
        return 0
    account = await _account(ctx, way)
    if account.is_paused(now):
        return 0
    if way == MAIL:
        await ctx.store.write(_gather, ctx, now)
    others = [WEBHOOK] if has_webhook else []
    which = ClaimFilter([WEBHOOK]) if way == WEBHOOK else ClaimFilter((), others, frozenset(account.postponed))
    # After trouble a few ask whether the account works again; the rest waits for their answer.
    limit = MIN_RECIPIENTS if account.is_failing else AT_ONCE
    due = await ctx.claim(outbox.claim, _given_back, now, limit, LEASE, which)
    try:
        return await _Round(ctx, way, account, due).run()
    except StoreError:
        # What is left of the claim is given back with the ends that are owed, and not when its lease runs out.
        ctx.unwritten += _given_back(due)
        raise


def _given_back(due: list[DueDelivery]) -> list[End]:
    return [(outbox.release, (token,)) for token in {one.token for one in due}]


async def recall(ctx: Context) -> None:
    """At the start of the only process: what was sent a second time by one that died unanswered is told."""
    for id_, alert in await ctx.store.write(outbox.end_unanswered, ctx.now()):
        await report_unconfirmed(ctx, id_, alert, "monitor ended before the answer")


def _gather(conn: Connection, ctx: Context, now: datetime) -> None:
    postpone_quiet(conn, ctx, now)
    _merge_stale(conn, now)


def _merge_stale(conn: Connection, now: datetime) -> None:
    """After an outage of ours: one catch-up mail per person takes the place of what waited too long."""
    if not delivery_admin.waiting_since(conn, now - STALE_AFTER):
        return
    overdue = delivery_admin.waiting_since(conn, now)
    people = [one.alert.recipient for one in overdue]
    threads = deliveries.threads_since(conn, people, (CATCH_UP,), now - _CATCH_UPS_KEPT)
    sequences = {key: last if is_open else last + 1 for key, (last, is_open) in threads.items()}
    ids = {(one.alert.recipient, one.alert.thread, one.alert.sequence): one.id for one in overdue}
    for found in catch_up([WaitingDelivery(one.alert) for one in overdue], now, sequences):
        merged = [ids[alert.recipient, alert.thread, alert.sequence] for alert in found.merges]
        deliveries.merge(conn, merged, found.alert, now)


async def _account(ctx: Context, way: str) -> AccountHealth:
    """How an account stands; the first time after a start by what the last process left open."""
    if way not in ctx.accounts:
        open_ = {incident.key for incident in await ctx.store.read(incident_records.unclosed)}
        ctx.accounts.setdefault(way, AccountHealth(is_failing=bool(open_ & set(_keys(way)))))
    return ctx.accounts[way]


def _keys(way: str) -> list[str]:
    """The troubles that a mail which leaves by this way ends."""
    return [ACCOUNT + channel for channel in CHANNELS if (channel == WEBHOOK) == (way == WEBHOOK)]


@dataclass(slots=True)
class _Round:
    """One claim on its way through one session; `aside` are refusals of which is not known yet whose they are."""

    ctx: Context
    way: str
    account: AccountHealth
    left: list[DueDelivery]
    aside: list[tuple[DueDelivery, SendError]] = field(default_factory=list)
    sent: int = 0

    async def run(self) -> int:
        """Send all; trouble with the account puts everything back that is left."""
        try:
            async with AsyncExitStack() as stack:
                session: ChannelSession | None = None
                while self.left and not self.ctx.stopping:
                    if message := await message_of(self.ctx, self.left[0]):
                        session = session or await self._open(stack)
                        await self._try(session, self.left[0], message)
                    del self.left[0]
            await self._judge()
        except SendError as error:
            await self._rest(error)
        return self.sent

    async def _open(self, stack: AsyncExitStack) -> ChannelSession:
        settings = self.ctx.config.settings
        if self.way == WEBHOOK:
            return await stack.enter_async_context(open_webhook(self.ctx.config))
        # Mail leaves by the way that the files name now, also where it was planned when they named another one.
        return await stack.enter_async_context(CHANNELS[settings.channel].open(settings.options, settings.secret))

    async def _try(self, session: ChannelSession, due: DueDelivery, message: Message) -> None:
        """One attempt and its record; trouble with the account is raised, since it concerns no delivery."""
        if due.alert.channel == WEBHOOK and self.way != WEBHOOK:
            await fail(self.ctx, due, "the operator has no webhook any more", reader(due.alert.recipient))
            return
        try:
            if await send(self.ctx, session, due, message):
                await self._took(due)
        except SendError as error:
            if error.account:
                raise
            refusal = _refusal(due, error)
            if error.maybe_delivered or not self.account.may_concern_account(refusal):
                await self._charge(due, error)
                return
            self.aside.append((due, error))
            if self.account.account_refusals(_refusal(*one) for one in self.aside):
                raise

    async def _took(self, due: DueDelivery) -> None:
        """The account works: what was refused before is its reader's, after one more attempt where it looked ours."""
        self.sent += 1
        now, aside, self.aside = self.ctx.now(), self.aside, []
        self.account.postponed |= {one.alert.recipient for one, error in aside if _refusal(one, error).concerns_account}
        recovered = self.account.is_failing
        self.account.record_accepted(due.alert.recipient)
        for one, error in aside:
            if _refusal(one, error).concerns_account:
                await self._put_back(one, now, error)
            else:
                await self._charge(one, error)
        if recovered:
            await settle(self.ctx, _keys(self.way))

    async def _charge(self, due: DueDelivery, error: SendError) -> None:
        """Hold a refusal against its reader; how much we send passes, and is never his for good."""
        if not error.maybe_delivered and concern(error.answer) is not Concern.RECIPIENT:
            self.account.counted.append(_refusal(due, error))
        if not error.maybe_delivered and concern(error.answer) is Concern.LIMIT:
            error = SendError(str(error), phase=error.phase)
        if await refused(self.ctx, due, error) and self.way == WEBHOOK:
            self.account.is_failing = True
            await self._report(error)

    async def _put_back(self, due: DueDelivery, moment: datetime, error: SendError) -> None:
        until = Postponed(moment, self.ctx.now(), str(error), due.maybe_delivered, counts=False)
        await self.ctx.end(outbox.postpone, due.id, due.token, until)

    async def _judge(self) -> None:
        """Nobody's mail was taken after those that are aside: what is about us is trouble, the rest is its reader's."""
        found, now = [_refusal(*one) for one in self.aside], self.ctx.now()
        if self.ctx.stopping:
            for due, error in self.aside:
                await self._put_back(due, due.alert.due, error)
        elif (
            len(found) == 1
            and found[0].concerns_account
            and self.sent
            and concern(found[0].answer) is not Concern.LIMIT
        ):
            # The account worked a moment ago and nobody else is refused: once more, and then it is the reader's own.
            self.account.on_last_try.add(found[0].recipient)
            await self._put_back(self.aside[0][0], now + account_pause(0), self.aside[0][1])
        elif found and (self.account.is_failing or any(refusal.concerns_account for refusal in found)):
            raise self.aside[0][1]
        else:
            for due, error in self.aside:
                await self._charge(due, error)

    async def _rest(self, error: SendError) -> None:
        """The account is in trouble: nobody is blamed, everything waits as it was, and the operator is told once."""
        now, found = self.ctx.now(), [_refusal(*one) for one in self.aside]
        wrongly = self.account.wrongly_counted(found)
        waiting = {due.id: due for due in (*(due for due, _ in self.aside), *self.left)}
        for due in waiting.values():
            await self._put_back(due, min(due.alert.due, now), error)
        if wrongly:
            await self.ctx.store.write(outbox.revive, [one.delivery for one in wrongly], now)
            await settle(self.ctx, [reader(one.recipient) for one in wrongly])
        self.account.pause(now, error.answer, [one.recipient for one in found])
        await self._report(error)

    async def _report(self, error: SendError) -> None:
        if self.way == WEBHOOK:
            await report(self.ctx, ACCOUNT + WEBHOOK, OPERATOR_WEBHOOK, f"nothing can be posted to it: {error}")
        else:
            channel = self.ctx.config.settings.channel
            await report(self.ctx, ACCOUNT + channel, MAIL_ACCOUNT, f"no mail can be sent ({channel}): {error}")


def _refusal(due: DueDelivery, error: SendError) -> AccountRefusal:
    return AccountRefusal(due.id, due.alert.recipient, error.answer)
