"""Write a newcomer's first configuration files from the answers to a few questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from monitor.channels.mail_options import is_google
from monitor.config.append_entry import RuleDraft, yaml_scalar
from monitor.query import Scope, check
from monitor.text.forms.particles import PARTICLES

PASSWORD_FILE = "smtp_password"  # noqa: S105  the name of a file
TOKEN_FILE = "mail_token"  # noqa: S105
SHIPPED_DIGESTS = {
    "monitor.yaml": "837ccd211f6d399f",
    "people.yaml": "6e61ad67b768a579",
    "rules.yaml": "08a53461de8af249",
}
"""Digests of the shipped files that `init` replaces, to tell them from edited ones."""

_HEAD = (
    "# yaml-language-server: $schema=schema/{}.json\n"
    "# Written by `monitor init`. Edit it as you like: `monitor check` tells every mistake, and a saved edit is live\n"
    "# within seconds. Every key is explained in docs/configuration.md{}.\n\n"
)
_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\W\d_]\.")
_MOST_WORDS_OF_NAME = 5
_PHRASE = re.compile(r"(?!.*\b(?:AND|OR|NOT|NEAR)\b)[\w.&'’-]+(?: [\w.&'’-]+)+")
_SWITCHED_OFF = "defaults: {active: no}\n\n"
_KEYS = r"defaults:[^\S\n]*(?:#.*)?\n"
_SWITCHED_OFF_PATTERN = re.compile(
    rf"^(defaults: *\{{(?:[^}}\n]*, *)?|{_KEYS}(?: +.*\n)*?) *active: *\w+(?:, *|(?=\}})|.*\n)", re.MULTILINE
)
_SWITCH_OFF_PATTERNS = {
    re.compile(r"^defaults: *\{", re.MULTILINE): "defaults: {active: no, ",
    re.compile(rf"^({_KEYS})( +)", re.MULTILINE): r"\1\2active: no\n\2",
    re.compile("^outlets:", re.MULTILINE): f"{_SWITCHED_OFF}outlets:",
}
"""The forms of a file's `defaults:` (in braces, as lines, or absent), each with what replaces it to switch off."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """The mail server and how to log in; `client_id` and `tenant` are for login by OAuth token."""

    host: str
    port: int
    security: str
    user: str = ""
    password_file: str = ""
    client_id: str = ""
    tenant: str = ""

    def lines(self) -> list[str]:
        """Return the keys of `mail:` as lines."""
        pairs = {"host": self.host, "port": str(self.port), "security": self.security, "user": self.user}
        pairs["password_file"] = self.password_file
        if self.client_id:
            pairs |= {"auth": "xoauth2", "tenant": self.tenant, "client_id": self.client_id, "token_file": TOKEN_FILE}
        return [f"  {key}: {yaml_scalar(value)}" for key, value in pairs.items() if value]

    def missing_secret(self, data: Path) -> str:
        """Return what to do for a secret whose file does not exist yet in the data folder, or an empty string."""
        if self.client_id:
            file, what = TOKEN_FILE, "the refresh token (docs/mail.md shows how to get one)"
        else:
            file = self.password_file
            what = "an app password" if is_google(self.host) else f"the password of {self.user}"
        return f"write {what} into {data / file}" if file and not (data / file).is_file() else ""


@dataclass(frozen=True, slots=True)
class Answers:
    """A newcomer's answers: the recipient, each rule's query by its name, the mail server if any, the time zone."""

    name: str
    address: str
    queries: Mapping[str, str]
    server: MailServer | None
    timezone: str

    def texts(self) -> dict[str, str]:
        """Return the text of each file by its path in the folder."""
        return {"monitor.yaml": self._settings(), "people.yaml": self._people(), "rules.yaml": self._rules()}

    def _settings(self) -> str:
        account = self.server.user if self.server and "@" in self.server.user else self.address
        mail = (
            ["mail:", f"  from: {yaml_scalar(f'News monitor <{account}>')}", *self.server.lines()]
            if self.server
            else []
        )
        lines = [
            f"timezone: {yaml_scalar(self.timezone)}",
            f"operator: {{to: {yaml_scalar(self.address)}}}  # who is told of trouble, never of news",
            *(
                mail
                or ["# Mails are written to the folder data/mail until `mail:` names a mail server (docs/mail.md)."]
            ),
            "defaults: {send: at once, max_per_hour: 30}",
            "keep: {articles: forever, text: 400d}",
        ]
        return _HEAD.format("monitor", "") + "\n".join(lines) + "\n"

    def _people(self) -> str:
        person = f"  - {{name: {yaml_scalar(self.name)}, mail: {yaml_scalar(self.address)}}}"
        return _HEAD.format("people", "") + f"people:\n{person}\n"

    def _rules(self) -> str:
        drafts = [RuleDraft(name, query, (self.name,)) for name, query in self.queries.items()]
        lines = [f"  {line}".rstrip() for draft in drafts for line in draft.lines()]
        return _HEAD.format("rules", ", queries in docs/rules.md") + "\n".join(["rules:", *lines]) + "\n"


def is_shipped(path: str, text: str) -> bool:
    """Tell whether a file is as it was shipped, whatever its line ends."""
    return digest(text) == SHIPPED_DIGESTS.get(path)


def digest(text: str) -> str:
    """Return the digest of a file's text for `SHIPPED_DIGESTS`."""
    return blake2b(text.replace("\r\n", "\n").encode(), digest_size=8).hexdigest()


def queries_of(text: str, scope: Scope) -> dict[str, str]:
    """Return a query for each word, phrase or name in a text separated by commas; raises ValueError."""
    words = {word.casefold(): word for part in re.split(r"[,;\n]", text) if (word := " ".join(part.split()))}
    if not words:
        raise ValueError("nothing to look for (write a word, a phrase or a name: Acme, interest rate, Peskov)")
    return {word: _query(word, scope) for word in words.values()}


def _query(word: str, scope: Scope) -> str:
    """Return a name query for what looks like a name or is a known one, a phrase for several words, else the text."""
    if scope.known(word) or _looks_like_name(word.split()):
        return f'name("{word}")' if " " in word else f"name({word})"
    compiled, diagnostics = check(word, scope)
    for diagnostic in diagnostics:
        if compiled is None or diagnostic.severity == "error" or diagnostic.message.endswith("is read as a word"):
            raise ValueError(f"{word}: {diagnostic.message}" + (f" ({diagnostic.hint})" if diagnostic.hint else ""))
    return f'"{word}"' if _PHRASE.fullmatch(word) else word


def _looks_like_name(words: list[str]) -> bool:
    """Tell whether words are a name: at most five with capitals, perhaps small words (von der) between them."""
    outer = _is_part_of_name(words[0]) and _is_part_of_name(words[-1])
    inner = all(word in PARTICLES or _is_part_of_name(word) for word in words[1:-1])
    return outer and inner and len(words) <= _MOST_WORDS_OF_NAME


def _is_part_of_name(word: str) -> bool:
    return _NAME.fullmatch(word) is not None and word[0].isupper() and (not word.isupper() or word.endswith("."))


def switch_outlets(text: str, *, on: bool) -> str:
    """Return a file of outlets whose `defaults:` switch them all on or off."""
    switched_on = _SWITCHED_OFF_PATTERN.sub(r"\1", text.replace(_SWITCHED_OFF, "", 1), count=1)
    if on:
        return switched_on
    for pattern, replacement in _SWITCH_OFF_PATTERNS.items():
        off, found = pattern.subn(replacement, switched_on, count=1)
        if found:
            return off
    return switched_on
