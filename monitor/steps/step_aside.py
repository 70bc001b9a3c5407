"""Leave what is due through an account to other processes, where what is wrong is this one's own: secrets, network.

A password that one machine lacks, or that is refused to it, is no trouble of the account while another process can
send. Whoever was refused tries again after a rest of its own, which grows, or when its secrets change. A database in a
file has no other processes.
"""

from __future__ import annotations

import logging

from monitor.alerts import AccountHealth
from monitor.alerts.retry import account_pause
from monitor.errors import SendError
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.steps.sending_accounts import MAIL, LeftAccount, hindrance, secrets_of
from monitor.store import Connection, account_records, left_accounts

_UNREAD = "the password cannot be read"


def concerns_secrets(error: SendError) -> bool:
    """Tell whether an account's error may come of what this process logs in with."""
    return error.account and error.phase == "AUTH" and error.answer.startswith(("5", _UNREAD))


async def leaves_to_others(ctx: Context, account: str) -> bool:
    """Tell whether this process leaves an account to others for now; raise StoreError.

    A worker never uses what is the conductor's alone, or sends without a password. One that has no network lets others
    try, who may have one; the conductor tries, since its mail server may be near.
    """
    config, left = ctx.active.config, ctx.left.get(account)
    why = hindrance(config, account, conducts=ctx.conducts)
    if not ctx.store.is_postgres:
        return bool(why) and not ctx.conducts
    if why:
        if left is None or left.why != why:
            await _note(ctx, account, LeftAccount(why))
        return not ctx.conducts or await _is_another_able(ctx, account)
    if not ctx.conducts and ctx.access.network.down and await _is_another_able(ctx, account):
        return True
    if left is None:
        return False
    if left.secrets != _secrets(ctx, account):
        await _return(ctx, account, is_repaired=True)
        return False
    return left.until is not None and ctx.clock.now() < left.until and await _is_another_able(ctx, account)


async def step_aside(ctx: Context, account: str, error: SendError) -> bool:
    """Leave an account that refuses this process to others for a while; False where no other one can send by it."""
    if not ctx.store.is_postgres:
        return False
    left = ctx.left.get(account)
    refusals = left.refusals + 1 if left and left.secrets == _secrets(ctx, account) else 1
    until = ctx.clock.now() + account_pause(refusals)
    await _note(ctx, account, LeftAccount(str(error), _secrets(ctx, account), refusals, until))
    return await _is_another_able(ctx, account)


async def note_accepted(ctx: Context, account: str) -> None:
    """Note that this process can send by an account."""
    if account in ctx.left:
        await _return(ctx, account, is_repaired=False)


async def said_by(ctx: Context, account: str) -> str:
    """Return which machine says what is wrong with an account, and what others say; empty for one process alone."""
    if not ctx.store.is_postgres:
        return ""
    senders = await _senders(ctx, account)
    if len(senders) < 2:
        return ""
    return f" (on {senders[0].host}" + "".join(f"; on {one}" for one in senders[1:] if one.why) + ")"


async def _note(ctx: Context, account: str, left: LeftAccount) -> None:
    """Remember why this process leaves an account to others, and tell them; the log says it once of each reason."""
    before = ctx.left.get(account)
    await ctx.store.write(left_accounts.note, ctx.claims.worker, account, left.why)
    ctx.left[account] = left
    senders = await _senders(ctx, account)
    if len(senders) > 1 and (before is None or before.why != left.why):
        text = f"{_about(account)} are left to others by {senders[0].name}: {left.why}"
        log_event("mail", text, logging.WARNING)


async def _return(ctx: Context, account: str, *, is_repaired: bool) -> None:
    is_alone = len(await _senders(ctx, account)) < 2
    await ctx.store.write(_repair, ctx, account, is_repaired and not is_alone)
    del ctx.left[account]
    if not is_alone:
        log_event("mail", f"{_about(account)} are left to others no more")


def _repair(conn: Connection, ctx: Context, account: str, is_resumed: bool) -> None:
    """End that a process leaves an account to others; where none could send, end its pause, too."""
    senders = left_accounts.senders(conn, account, ctx.clock.now(), ctx.claims.worker)
    text = account_records.load(conn, account).health
    if is_resumed and text and all(one.why for one in senders):
        health = AccountHealth.of_text(text, is_shared=account == MAIL)
        health.resume()
        account_records.set_health(conn, account, health.as_text())
    left_accounts.note(conn, ctx.claims.worker, account, "")


async def _is_another_able(ctx: Context, account: str) -> bool:
    return any(not one.why and not one.is_self for one in await _senders(ctx, account))


async def _senders(ctx: Context, account: str) -> list[left_accounts.Sender]:
    return await ctx.store.read(left_accounts.senders, account, ctx.clock.now(), ctx.claims.worker)


def _secrets(ctx: Context, account: str) -> int:
    """Return a number that changes with the secrets of an account, and with an edit, which may have repaired it."""
    return hash((secrets_of(ctx.active.config, account), ctx.active.generation))


def _about(account: str) -> str:
    return "mails" if account == MAIL else f"messages to {account}"
