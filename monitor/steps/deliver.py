"""Claim the deliveries that are due, send them through every account at the same time, and record the results."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime

from monitor.alerts import AccountHealth, Concern, concern
from monitor.alerts.account_health import AccountRefusal, is_refusal
from monitor.alerts.retry import account_pause
from monitor.channels import CHANNELS, MAIL_CHANNELS, ChannelSession
from monitor.errors import SendError, StoreError
from monitor.model import Kind, Message
from monitor.steps.account_turns import end_turn, incident_keys, releases, take_turn
from monitor.steps.context import Context
from monitor.steps.incident_mails import ACCOUNT, MAIL_ACCOUNT, endpoint_incident
from monitor.steps.incidents import open_endpoint, report, settle
from monitor.steps.message_parts import divide_refused, divide_unclear, rejoin
from monitor.steps.send_attempt import (
    fail,
    message_of,
    recipient_incident,
    record_refusal,
    report_unconfirmed,
    send,
)
from monitor.steps.sending_accounts import MAIL
from monitor.steps.step_aside import concerns_secrets, note_accepted, said_by, step_aside
from monitor.steps.told_instead import tell_instead, tell_unclear
from monitor.store import delivery_parts, outbox
from monitor.store.outbox import DueDelivery, Postponed


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
    turn = await take_turn(ctx, account)
    if turn is None:
        return 0
    try:
        sent = await _ClaimRound(ctx, account, turn.health, list(turn.due)).run()
    except StoreError:
        # The rest of the claim is released as soon as the store answers, and not when its lease runs out.
        ctx.claims.release_later(*releases(turn))
        raise
    await end_turn(ctx, turn)
    return sent


async def report_unanswered(ctx: Context, worker: str) -> None:
    """Tell the operator of mails whose second attempt a former process of this name did not live to see answered."""
    for id_, alert in await ctx.store.write(outbox.end_unanswered, ctx.clock.now(), worker):
        await report_unconfirmed(ctx, id_, alert, "monitor ended before the answer")


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
            if concerns_secrets(error) and await step_aside(self.ctx, self.account, error):
                await self._leave()
            else:
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
        await note_accepted(self.ctx, self.account)
        for one, error in unattributed:
            if _refusal(one, error).concerns_account:
                await self._put_back(one, now, error)
            else:
                await self._refuse(one, error)
        if recovered:
            await settle(self.ctx, incident_keys(self.ctx.active.config, self.account))
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

    async def _leave(self) -> None:
        """Put back, as it was, what another process can send."""
        for due in (*(one for one, _ in self.unattributed), *self.left):
            as_it_was = Postponed(
                due.alert.due, self.ctx.clock.now(), maybe_delivered=due.maybe_delivered, counts=False
            )
            await self.ctx.claims.end(outbox.postpone, due, as_it_was)

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
        config, told = self.ctx.active.config, f"{error}{await said_by(self.ctx, self.account)}"
        if self.account == MAIL:
            channel = config.settings.channel
            await report(self.ctx, ACCOUNT + channel, MAIL_ACCOUNT, f"no mail can be sent ({channel}): {told}")
        elif endpoint := config.endpoints.get(self.account):
            name, kind = endpoint_incident(endpoint, config.settings)
            await report(self.ctx, ACCOUNT + name, kind, f"nothing can be posted to {self.account}: {told}")


def _refusal(due: DueDelivery, error: SendError) -> AccountRefusal:
    return AccountRefusal(due.id, due.alert.recipient, error.answer)
