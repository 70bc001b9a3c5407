"""Advise whoever sets up the mail account what a server's refusal usually means and what to try."""

from __future__ import annotations

import re

from monitor.channels.channel import Phase

# The first pattern that matches counts. Words and codes are those of the servers' documentation: Google's "Gmail SMTP
# errors and codes", Microsoft's "Fix issues with SMTP AUTH client submission" and "Non-delivery reports in Exchange
# Online", Postfix's smtpd(8) and SMTP_ACCESS README, OpenSSL's verify(1), and RFC 3463 and 4954 for the rest.
_ADVICE_BY_ANSWER = {
    r"^53[45]\b.*(gsmtp|google|application-specific)": (
        "Gmail takes an app password, not the account's own: docs/mail.md"
    ),
    r"5\.7\.139|smtpclientauthentication is disabled|basic authentication is disabled|^535\b.*(outlook|office365)": (
        "Microsoft 365 takes no password for SMTP: set `auth: xoauth2`, and allow the mailbox to send by SMTP: "
        "docs/mail.md"
    ),
    r"^53[45]\b": (
        "the server does not take this user and password: compare `user` (often the whole address) and "
        "`password_file`; with two-step verification it may want an app password"
    ),
    r"^530\b.*starttls": "the server wants encryption first: `security: starttls`",
    r"^530\b|authentication (is )?required|not authenticated": (
        "the server wants a login: set `user` and `password_file`"
    ),
    r"hostname mismatch|certificate is not valid for|ip address mismatch": (
        "`host` must be the name that the server's certificate names"
    ),
    r"certificate has expired": "the server's certificate is past its end: whoever runs the server must renew it",
    r"self.signed|certificate.verify.failed|local issuer": (
        "the certificate is of a private authority: put that authority's certificate into a file and set `ca_file`"
    ),
    r"does not offer starttls": (
        "try `port: 465` with `security: tls`; for a relay in your own network `security: none`"
    ),
    r"timed out connecting.* port 25\b": "many networks block port 25: use 587, or 465 with `security: tls`",
    r"timed out connecting": "nothing answers there: is `host` right, and does a firewall let `port` through?",
    r"connect call failed|connection refused|errno 111": (
        "nothing listens at that port: 587 (starttls), 465 (tls) and 25 are usual"
    ),
    r"name or service not known|no address associated|name resolution|nodename nor servname|getaddrinfo": (
        "no such host is known: is `host` spelled right?"
    ),
    r"send ?as|not owned by|does not belong to|5\.7\.60\b": (
        "the account may not send as `from`: write the account's own address there"
    ),
    r"relay\w* (access )?(denied|not|prohibited)|(to|not) relay": (
        "the server delivers only for those it knows: log in with `user`, or have this machine's address allowed there"
    ),
    r"\b(helo|ehlo)\b": "the server does not like our name in EHLO: set `hello` to this machine's full name",
    r"5\.7\.26|\b(spf|dkim|dmarc)\b": (
        "the domain of `from` does not allow this server to send for it: send through the domain's own server, "
        "or have this one added to its SPF record"
    ),
    r"spamhaus|block ?list|black ?list|blocked using|5\.7\.606": (
        "this machine's address is on a block list: send through your provider's server, with a login"
    ),
    r"^4\d\d\b.*gr[ea]y": "the server asks newcomers to come again (greylisting): a running monitor does so by itself",
    r"5\.1\.1\b|(user|mailbox|address)[^,;]* (unknown|not found|not exist|n't exist)|(no such|unknown) (user|mail)": (
        "the server does not know this recipient: is the address spelled right?"
    ),
    r"[45]\.2\.2\b|over ?quota|mailbox (is )?full": "the recipient's mailbox is full: only its owner can help",
    r"^4\d\d\b": "the server asks to try again later: a running monitor does so by itself",
}
# Where no pattern matches, the step that was refused says something (RFC 5321, 4.2.4.2 and 4.3.2).
_ADVICE_BY_STEP = {
    "MAIL FROM": "the server does not take this sender: write an address that the account may send as into `from`",
    "RCPT TO": (
        "the server does not take this recipient: is the address spelled right, and does this server send mail there "
        "for this account?"
    ),
    "DATA": "the server does not take this message: its answer may say why, such as spam or a foreign `from`",
}
_PERMANENT = re.compile(r"5\d\d\b")
_PATTERNS = [(re.compile(pattern, re.IGNORECASE | re.DOTALL), text) for pattern, text in _ADVICE_BY_ANSWER.items()]


def advice(phase: Phase) -> str:
    """Return what to try after a step that failed; empty where it succeeded, or where nothing known matches."""
    if phase.ok:
        return ""
    step = _ADVICE_BY_STEP.get(phase.name, "") if _PERMANENT.match(phase.answer) else ""
    return next((text for pattern, text in _PATTERNS if pattern.search(phase.answer)), step)
