"""A newcomer's first files: the answers to a few questions in, the text of each file out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from monitor.config.append_entry import FileDraft, scalar
from monitor.query import Scope, check

PASSWORD_FILE = "smtp_password"  # noqa: S105  the name of a file
TOKEN_FILE = "mail_token"  # noqa: S105
SHIPPED = {
    "monitor.yaml": "8a498bedcc1e06e8",
    "people.yaml": "49363256083819c5",
    "rules.yaml": "08a53461de8af249",
}
"""A digest of each shipped file that stands for a newcomer's own, to tell it from one that somebody has edited."""

_HEAD = (
    "# yaml-language-server: $schema=schema/{}.json\n"
    "# Written by `monitor init`. Edit it as you like: `monitor check` tells every mistake, and a saved edit is live\n"
    "# within seconds. Every key is explained in docs/{}.md.\n\n"
)
_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PHRASE = re.compile(r"(?!.*\b(?:AND|OR|NOT|NEAR)\b)[\w.&'’-]+(?: [\w.&'’-]+)+")
_SWITCHED_OFF = "defaults: {active: no}\n\n"
_KEYS = r"defaults:[^\S\n]*(?:#.*)?\n"
_SWITCH = re.compile(
    rf"^(defaults: *\{{(?:[^}}\n]*, *)?|{_KEYS}(?: +.*\n)*?) *active: *\w+(?:, *|(?=\}})|.*\n)", re.MULTILINE
)
_PLACES = {
    re.compile(r"^defaults: *\{", re.MULTILINE): "defaults: {active: no, ",
    re.compile(rf"^({_KEYS})( +)", re.MULTILINE): r"\1\2active: no\n\2",
    re.compile("^outlets:", re.MULTILINE): f"{_SWITCHED_OFF}outlets:",
}
"""Where a file's `defaults:` can say that its outlets are off: in braces, as lines, or not yet there."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed in and how the account logs in; `client_id` and `tenant` where that is by token."""

    host: str
    port: int
    security: str
    user: str = ""
    password_file: str = ""
    client_id: str = ""
    tenant: str = ""

    def lines(self) -> list[str]:
        """The keys of `mail:` that say so."""
        pairs = {"host": self.host, "port": str(self.port), "security": self.security, "user": self.user}
        pairs["password_file"] = self.password_file
        if self.client_id:
            pairs |= {"auth": "xoauth2", "tenant": self.tenant, "client_id": self.client_id, "token_file": TOKEN_FILE}
        return [f"  {key}: {scalar(value)}" for key, value in pairs.items() if value]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a newcomer said: who is told, each rule's query by its name, the mail server if any, the time zone."""

    name: str
    address: str
    queries: Mapping[str, str]
    server: MailServer | None
    timezone: str

    def texts(self) -> dict[str, str]:
        """The text of each file by its path in the folder."""
        return {"monitor.yaml": self._settings(), "people.yaml": self._people(), "rules.yaml": self._rules()}

    def _settings(self) -> str:
        account = self.server.user if self.server and "@" in self.server.user else self.address
        mail = ["mail:", f"  from: {scalar(f'News monitor <{account}>')}", *self.server.lines()] if self.server else []
        lines = [
            f"timezone: {scalar(self.timezone)}",
            f"operator: {{to: {scalar(self.address)}}}  # who is told of trouble, never of news",
            *(
                mail
                or ["# Mails are written to the folder data/mail until `mail:` names a mail server (docs/mail.md)."]
            ),
            "defaults: {send: at once, max_per_hour: 30}",
            "keep: {articles: forever, text: 400d}",
        ]
        return _HEAD.format("monitor", "configuration") + "\n".join(lines) + "\n"

    def _people(self) -> str:
        person = f"  - {{name: {scalar(self.name)}, mail: {scalar(self.address)}}}"
        return _HEAD.format("people", "configuration") + f"people:\n{person}\n"

    def _rules(self) -> str:
        drafts = [FileDraft(name, query, (self.name,)) for name, query in self.queries.items()]
        lines = [f"  {line}".rstrip() for draft in drafts for line in draft.lines()]
        return _HEAD.format("rules", "rules") + "\n".join(["rules:", *lines]) + "\n"


def is_shipped(path: str, text: str) -> bool:
    """Whether a file is as it was shipped, whatever its line ends."""
    return digest(text) == SHIPPED.get(path)


def digest(text: str) -> str:
    """What `SHIPPED` holds of a file's text."""
    return blake2b(text.replace("\r\n", "\n").encode(), digest_size=8).hexdigest()


def queries_of(text: str, scope: Scope) -> dict[str, str]:
    """Words, phrases and names with commas between them in, a query for each out; a ValueError says what is wrong."""
    words = {word.casefold(): word for part in re.split(r"[,;\n]", text) if (word := " ".join(part.split()))}
    if not words:
        raise ValueError("nothing to look for (write a word, a phrase or a name: Acme, interest rate, Peskov)")
    return {word: _query(word, scope) for word in words.values()}


def _query(word: str, scope: Scope) -> str:
    """A name where it looks like one or is known as one, a phrase of several words, else what stands there."""
    if scope.known(word) or (_NAME.fullmatch(word) and word[0].isupper() and not word.isupper()):
        return f"name({word})"
    compiled, remarks = check(word, scope)
    for remark in remarks:
        if compiled is None or remark.severity == "error" or remark.message.endswith("is read as a word"):
            raise ValueError(f"{word}: {remark.message}" + (f" ({remark.hint})" if remark.hint else ""))
    return f'"{word}"' if _PHRASE.fullmatch(word) else word


def switched(text: str, *, on: bool) -> str:
    """A file of outlets whose `defaults:` switch them all off, or do so no more."""
    there = _SWITCH.sub(r"\1", text.replace(_SWITCHED_OFF, "", 1), count=1)
    if on:
        return there
    for place, wanted in _PLACES.items():
        off, found = place.subn(wanted, there, count=1)
        if found:
            return off
    return there
