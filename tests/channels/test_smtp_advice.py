"""What a refusal usually means: answers as the servers word them, and what to try."""

from __future__ import annotations

import pytest

from monitor.channels import Phase, advice

ANSWERS = {
    "535 5.7.8 Username and Password not accepted. For more information, go to https://support.google.com": "Gmail",
    "534 5.7.9 Application-specific password required. - gsmtp": "Gmail",
    "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [AM0PR01]": "xoauth2",
    "535 5.7.3 Authentication unsuccessful [AM0.prod.outlook.com]": "xoauth2",
    "535 5.7.8 Error: authentication failed": "`password_file`",
    "530 5.7.0 Must issue a STARTTLS command first": "security: starttls",
    "530 5.7.57 Client not authenticated to send mail": "set `user`",
    "certificate verify failed: self-signed certificate": "`ca_file`",
    "certificate verify failed: Hostname mismatch, certificate is not valid for 'x.test'": "certificate names",
    "certificate verify failed: certificate has expired": "past its end",
    "Timed out connecting to mail.test on port 25": "block port 25",
    "Timed out connecting to mail.test on port 587": "firewall",
    "Error connecting to mail.test on port 26: [Errno 111] Connect call failed": "nothing listens",
    "[Errno -2] Name or service not known": "spelled right",
    "550 5.7.1 Unable to relay": "delivers only for those",
    "554 5.7.1 <ann@readers.test>: Relay access denied": "delivers only for those",
    "553 5.7.1 <m@desk.test>: Sender address rejected: not owned by user ann": "own address",
    "554 5.2.252 SendAsDenied; m@desk.test not allowed to send as ann@desk.test": "own address",
    "504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname": "`hello`",
    "550 5.7.26 Unauthenticated email from desk.test is not accepted due to DMARC policy": "SPF",
    "554 5.7.1 Service unavailable; client blocked using zen.spamhaus.org": "block list",
    "451 4.7.1 Greylisted, please try again": "greylisting",
    "550 5.1.1 User unknown": "recipient",
    "550 No such user here": "recipient",
    "550 Recipient address rejected: user ann does not exist": "recipient",
    "452 4.2.2 Over quota": "mailbox is full",
    "451 4.3.0 Requested action aborted: local error": "try again later",
    "421 4.7.0 Too many connections": "try again later",
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_usual_refusal_has_its_advice(answer: str) -> None:
    assert ANSWERS[answer] in advice(Phase("any", answer, ok=False))


@pytest.mark.parametrize(
    ("step", "answer", "said"),
    [
        ("RCPT TO", "550 not today", "this recipient"),
        ("RCPT TO", "554 5.7.1 rejected", "this recipient"),
        ("RCPT TO", "451 not now", "try again later"),
        ("MAIL FROM", "550 no", "this sender"),
        ("DATA", "554 no", "this message"),
        ("DATA", "not confirmed after the last byte: 5 seconds", ""),
        ("connect", "554 no", ""),
    ],
)
def test_any_other_refusal_is_told_by_its_step(step: str, answer: str, said: str) -> None:
    found = advice(Phase(step, answer, ok=False))
    assert said in found
    assert bool(found) == bool(said)


def test_what_went_well_or_is_unusual_has_none() -> None:
    assert advice(Phase("AUTH", "535 5.7.8 as if")) == ""
    assert advice(Phase("the final dot", "554 what a day", ok=False)) == ""
