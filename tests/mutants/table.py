"""Mutants that once survived the nearest tests, or would cost somebody an alert: a line each."""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """What is broken, in words; the file below monitor/, the text that stands there once and its stead; the tests."""

    what: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


MUTANTS = (
    Mutant(
        "the larger of two max_per_hour counts",
        "alerts/planning/slots.py",
        "min(routed.route.max_per_hour",
        "max(routed.route.max_per_hour",
        ("tests/alerts/test_planning.py",),
    ),
    Mutant(
        "no RSET after a refusal",
        "channels/email.py",
        "await self.dialogue.timed(client.rset())",
        "pass",
        ("tests/channels/test_email.py",),
    ),
    Mutant(
        "no deadline for a step of SMTP",
        "channels/smtp_dialogue.py",
        "async with asyncio.timeout(2 * self.timeout):",
        "async with asyncio.timeout(None):",
        ("tests/channels/test_smtp_dialogue.py", "tests/channels/test_email.py"),
    ),
    Mutant(
        "a claim of a page that was lost counts",
        "steps/read_page.py",
        "if not fulltext_queue.finish(conn, request):",
        "if fulltext_queue.finish(conn, request) is None:",
        ("tests/steps/test_read_page.py",),
    ),
    Mutant(
        "a page's 429 is final",
        "errors.py",
        " or self.status == 429",
        "",
        ("tests/steps/test_read_page.py",),
    ),
    Mutant(
        "an attempt that may have arrived counts the attempts",
        "steps/send_attempt.py",
        "int(due.maybe_delivered) if error.maybe_delivered else due.attempts",
        "due.attempts",
        ("tests/steps/test_send_attempt.py",),
    ),
    Mutant(
        "an id is global from 17 characters on",
        "articles/identity.py",
        "len(stated) >= 16",
        "len(stated) >= 17",
        ("tests/articles",),
    ),
    Mutant(
        "an id is global from 15 characters on",
        "articles/identity.py",
        "len(stated) >= 16",
        "len(stated) >= 15",
        ("tests/articles",),
    ),
    Mutant(
        "places in a list count from 1 only",
        "articles/identity.py",
        'ids[0] in ("0", "1")',
        'ids[0] in ("1",)',
        ("tests/articles/test_identity.py",),
    ),
    Mutant(
        "a gap is seen in a feed that returns",
        "steps/poll_result.py",
        "state.last_new_at is not None and state.batch_id is None and not self.is_index",
        "state.last_new_at is not None and not self.is_index",
        ("tests/steps/test_ingest.py",),
    ),
    Mutant(
        "a mute takes all that waits out in one transaction",
        "steps/mute_guard.py",
        "in muted[:AT_MOST]:",
        "in muted:",
        ("tests/steps/test_mute_guard.py",),
    ),
    Mutant(
        "twenty mails ask whether a failing account works again",
        "steps/account_turns.py",
        "limit = MIN_RECIPIENTS if health.is_failing else AT_ONCE",
        "limit = AT_ONCE",
        ("tests/steps/test_deliver_accounts.py",),
    ),
    Mutant(
        "an identity has no second date mark",
        "articles/identity.py",
        'return [f"{text}/{step}", f"{text}/{step + 1}"]',
        'return [f"{text}/{step}"]',
        ("tests/articles/test_identity.py",),
    ),
    Mutant(
        "what a host asks for in one lane rests that one alone",
        "store/host_leases.py",
        "if one.rest_until is not None:",
        "if False:",
        ("tests/store/test_host_lanes.py", "tests/steps/test_shared_hosts.py"),
    ),
    Mutant(
        "a host with a crawl-delay is asked by several at once",
        "store/host_lanes.py",
        "own.c.crawl_delay == timedelta(0)",
        "own.c.crawl_delay >= timedelta(0)",
        ("tests/store/test_host_lanes.py",),
    ),
    Mutant(
        "a worker goes on with its share of a host that asked another one to be left alone",
        "steps/host_turns.py",
        "if left <= ctx.access.host_limiter.gap(host):",
        "if True:",
        ("tests/steps/test_shared_hosts.py",),
    ),
)
