"""Whom an answer concerns, and which answers are the same one."""

from __future__ import annotations

import pytest

from monitor.alerts import Concern, concern
from monitor.alerts.refusals import normalised_answer

OURS = [
    "504 5.5.2 <9f1c0a77be21>: Helo command rejected: need fully-qualified hostname",
    "450 4.7.1 <box>: Helo command rejected: Host not found",
    "554 5.7.1 <ann@example.org>: Relay access denied",
    "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
    "550 Relaying denied",
    "530 5.7.0 Authentication required",
    "530 5.7.57 Client not authenticated to send mail",
    "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
    "553 5.7.1 <monitor@example.org>: Sender address rejected: not owned by user news@example.org",
    "550 5.1.0 <monitor@example.org>: Sender address rejected: User unknown in virtual mailbox table",
    "550 5.1.8 <monitor@example.org>: Sender address rejected: Domain not found",
    "553 5.1.7 The address specified in the MAIL FROM is not valid",
    "501 5.1.7 Bad sender address syntax",
    "550 5.7.23 The message was rejected because of Sender Policy Framework violation",
    "550-5.7.26 Unauthenticated email from example.org is not accepted due to domain's\n5.7.26 DMARC policy",
    "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org",
    "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.7]",
    "554 5.2.252 SendAsDenied; news@example.org not allowed to send as monitor@example.org",
    "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied",
    "550 5.1.8 Access denied, bad outbound sender",
    "550 5.7.501 Access denied, spam abuse detected",
    "535 5.7.8 Username and Password not accepted",
    "503 5.5.1 Bad sequence of commands",
    "454 4.7.0 Cannot authenticate due to a temporary system problem",
    "550 5.7.1 Message refused by policy",
]
LIMITS = [
    "550 5.4.5 Daily user sending limit exceeded",
    "550 5.4.5 Daily SMTP relay limit exceeded for user",
    "550 5.7.1 Too many messages from this account in one hour",
    "450 4.2.1 Peak SMTP relay limit exceeded for customer",
    "421 4.7.28 Gmail has detected an unusual rate of unsolicited mail",
    "451 4.7.1 You have exceeded your messaging limits: messages per hour",
    "554 5.7.1 <ann@example.org>: Recipient address rejected: message rate limit exceeded",
    "550 5.7.705 Access denied, tenant has exceeded threshold",
]
READERS = [
    "550 5.1.1 User unknown",
    "550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown in local recipient table",
    "550-5.1.1 The email account that you tried to reach does not exist. Please try\n5.1.1 double-checking",
    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    "550 No such user here",
    "551 User not local; please try <ann@example.com>",
    "552 5.2.2 The email account that you tried to reach is over quota",
    "452 4.2.2 Mailbox full",
    "450 4.2.1 The user you are trying to contact is receiving mail too quickly",
    "550 5.2.1 Mailbox disabled, not accepting messages",
    "450 4.2.0 <ann@example.org>: Recipient address rejected: Greylisted for 300 seconds",
    "552 5.3.4 Message size exceeds fixed maximum message size",
    "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup",
    "550 5.4.1 Recipient address rejected: Access denied",
]
UNCLEAR = ["550 5.3.0 no", "451 4.3.0 not now", "554 Transaction failed", "Connection lost", "", "550", "554 5.0.0"]


@pytest.mark.parametrize("answer", OURS)
def test_what_is_about_the_sender(answer: str) -> None:
    assert concern(answer) is Concern.ACCOUNT


@pytest.mark.parametrize("answer", LIMITS)
def test_what_is_about_how_much_is_sent(answer: str) -> None:
    assert concern(answer) is Concern.LIMIT


@pytest.mark.parametrize("answer", READERS)
def test_what_is_about_a_mailbox_or_a_mail(answer: str) -> None:
    assert concern(answer) is Concern.RECIPIENT


@pytest.mark.parametrize("answer", UNCLEAR)
def test_what_may_be_about_anybody(answer: str) -> None:
    assert concern(answer) is Concern.UNCLEAR


def test_the_same_answer_to_two_readers_is_the_same() -> None:
    first = "554 5.0.0 <ann@example.org>: refused (host mx1.example.org) q=4XyZ12 at 10:02:03"
    second = "554 5.0.0 <bob@example.net>: refused (host mx2.example.net) q=9AbC77 at 10:02:09"
    assert normalised_answer(first).replace("mx", "") == normalised_answer(second).replace("mx", "")
    assert normalised_answer(first) != normalised_answer(first.replace("554 ", "550 "))
    assert normalised_answer(first) != normalised_answer(first.replace("refused", "not known"))
