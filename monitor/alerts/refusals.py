"""Judge by a mail server's answer to RCPT, DATA or the final dot whether it refuses the recipient or our account.

Sources of the tables: the IANA registry of enhanced status codes (RFC 3463, 4954, 5248, 6409, 7372), what Postfix says
when it rejects late (smtpd_delay_reject), and the lists of Gmail and Exchange Online for administrators.
"""

from __future__ import annotations

import re
from enum import Enum

_ENHANCED = re.compile(r"\b[245]\.(\d{1,3})\.(\d{1,3})\b")
_VARIABLE_WORDS = re.compile(r"\S*[\d@<>=]\S*")


class Concern(Enum):
    """Whom a refusal concerns; UNCLEAR counts as the recipient's unless several recipients get it."""

    RECIPIENT = "recipient"
    ACCOUNT = "account"
    LIMIT = "limit"  # the account sends too much for now, which passes by itself
    UNCLEAR = "unclear"


# Subject and detail of codes that concern the mailbox or this one mail, whatever words come with them.
_CERTAIN_RECIPIENT_CODES = frozenset(
    [(1, 1), (1, 6), (1, 10), (2, 2), (3, 4)]  # no such mailbox, moved, null MX, full, too big
    + [
        (7, detail) for detail in (2, 12, 13, 15, 17, 18, 124, 133, 134, 135, 136)
    ]  # accepts mail only from some senders; the mailbox has a new owner
)
_RECIPIENT_CODES = frozenset(
    [
        (1, 3),
        (1, 4),
        (4, 1),
        (5, 3),
    ]  # bad syntax, ambiguous; its host does not answer, or takes fewer recipients at once
    + [(2, detail) for detail in (0, 1, 3, 4, 121, 122)]  # disabled, mail too long, list not expanded, it gets too much
    + [(6, detail) for detail in (1, 2, 3, 7, 8, 9)]  # media and encodings that it does not accept
)
# Codes that concern the sender: address, daily amount, protocol.
_ACCOUNT_CODES = frozenset(
    [(1, 7), (1, 8), (1, 90), (2, 251), (2, 252), *((5, detail) for detail in (0, 1, 2, 4, 5, 6))]
)
_LIMIT_CODES = frozenset([(4, 5), (7, 28), (7, 704), (7, 705)])
_POLICY_SUBJECT = 7  # X.7.Y, security or policy: the sender's, unless the tables above say otherwise
# Codes of RFC 5321 and 4954 that ask for another command, a greeting or a login.
_ACCOUNT_REPLIES = frozenset([500, 501, 502, 503, 504, 530, 534, 535, 538, 555])

_AMOUNT = (
    r"(?:sending|sender|smtp|relay|outbound|daily|hourly|per (?:hour|day|minute)|submission|messag\w* (?:rate|limit))"
)
_LIMIT_WORDS = re.compile(
    r"too (?:many|much) (?:messages|mails?|e-?mails?|connections|errors)"
    rf"|\b{_AMOUNT}[\w -]{{0,40}}(?:exceed|reach)|(?:exceed|reach)[\w -]{{0,40}}\b{_AMOUNT}"
    r"|rate[ -]?limit|unusual rate|throttl|submissionquotaexceeded",
    re.IGNORECASE,
)
_ACCOUNT_WORDS = re.compile(
    r"\b(?:helo|ehlo)\b|sender address|from address|envelope.?(?:from|sender)|return.?path|mail from\b|bad sender"
    r"|sender (?:is |was )?(?:rejected|refused|denied|unknown|not|domain|verify)|not (?:owned|own)\b|send ?as|spoof"
    r"|authenticat|not logged in|log ?in\b|credential|password|must issue|starttls|encryption required"
    r"|relay|client host|your (?:host|ip|server|domain|account)|reverse (?:dns|hostname|lookup)|\bptr\b"
    r"|black ?list|block ?list|dnsbl|\brbl\b|spamhaus|blocked using|\bspf\b|\bdkim\b|\bdmarc\b"
    r"|outboundspam|account (?:is |has been |was )?(?:disabled|suspended|locked|blocked)",
    re.IGNORECASE,
)
_RECIPIENT_WORDS = re.compile(
    r"(?:user|recipient|mailbox|account|address)(?: \S+)? (?:is )?(?:unknown|unavailable|inactive|full|does ?n.t)"
    r"|(?:user|recipient|mailbox|account|address)(?: \S+)? (?:is )?not (?:found|local|known|active)"
    r"|(?:unknown|invalid|no such) (?:user|recipient|mailbox|local|address)|no mailbox|over ?quota|gr[ea]y ?list"
    r"|does not exist|receiving mail (?:too|at a rate)|(?:message|mail) (?:size|too (?:big|large))",
    re.IGNORECASE,
)


def concern(answer: str) -> Concern:
    """Return whom an answer such as `550 5.1.1 User unknown` concerns, by a certain code, else words, else other codes.

    Words count for more than the other codes because servers use those loosely. Own heuristic from the sources above.
    """
    # A reply begins with its code (RFC 2034, 4); others in it are quoted.
    codes = {(int(subject), int(detail)) for subject, detail in _ENHANCED.findall(answer)[:1]}
    if codes & _CERTAIN_RECIPIENT_CODES and "sender address" not in answer.casefold():
        return Concern.RECIPIENT
    if codes & _LIMIT_CODES or _LIMIT_WORDS.search(answer):
        return Concern.LIMIT
    if _ACCOUNT_WORDS.search(answer):
        return Concern.ACCOUNT
    if codes & _RECIPIENT_CODES or _RECIPIENT_WORDS.search(answer):
        return Concern.RECIPIENT
    ours = (
        codes & _ACCOUNT_CODES
        or any(subject == _POLICY_SUBJECT for subject, _ in codes)
        or _reply_code(answer) in _ACCOUNT_REPLIES
    )
    return Concern.ACCOUNT if ours else Concern.UNCLEAR


def normalised_answer(answer: str) -> str:
    """Return an answer without what differs from recipient to recipient: addresses, queue names, times."""
    code = f"{_reply_code(answer)} {' '.join('.'.join(found) for found in _ENHANCED.findall(answer)[:1])}"
    return f"{code} {' '.join(_VARIABLE_WORDS.sub(' ', answer).split())}".casefold()


def _reply_code(answer: str) -> int:
    return int(answer[:3]) if answer[:3].isdecimal() else 0
