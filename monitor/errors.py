"""Define the errors of this program; `permanent` says whether trying again can help.

MonitorError
├── ConfigError          the configuration has errors: all of them at once
├── SecretError          a password's file or variable is missing, empty or unreadable
├── QueryError           a query has an error: column and hint
├── FetchError           an address could not be fetched
│   ├── StatusError      the answer is no page
│   └── RefusedError     the address gate refused a connection
├── ParseError           a page is not what it should be
├── RenderError          a delivery cannot be made into a mail
├── SendError            a channel refused or failed
└── StoreError           the database is unavailable, full, locked, damaged or too new
    ├── ConductedError   another monitor works on it
    └── InUseError       another process writes to it
"""

from __future__ import annotations

from dataclasses import dataclass


class MonitorError(Exception):
    """Any failure that this program foresees; its text can be shown to a person."""

    permanent: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One error or warning of the configuration: its place, what was expected, and the nearest valid name as a hint.

    Lines and columns count from 1; `severity` is error, warning or hint.
    """

    file: str
    line: int
    column: int
    message: str
    hint: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        # A block of lines is pasted as it stands, so that no bracket may follow it.
        hint = f"; {self.hint}" if "\n" in self.hint else f" ({self.hint})" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column}: {self.severity}: {self.message}{hint}"


class ConfigError(MonitorError):
    """The configuration cannot be used; `problems` holds all its errors."""

    permanent = True

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class SecretError(MonitorError, ValueError):
    """A password or token cannot be read; the text says where it should be and never holds a part of it."""


class QueryError(MonitorError):
    """A query cannot be parsed; `column` counts from 1 in its text over all lines, `hint` is the likely fix."""

    permanent = True

    def __init__(self, message: str, column: int, hint: str = "") -> None:
        super().__init__(message)
        self.column = column
        self.hint = hint


class FetchError(MonitorError):
    """A page could not be fetched; `reason` is a short word (timeout, dns, status, too large, network...).

    `detail` says it in more words. `status` is the HTTP status, `retry_after` the seconds that the server asks to wait;
    `hung` says that the other side sent nothing until our deadline.
    """

    status: int | None = None
    retry_after: float | None = None

    def __init__(self, reason: str, detail: str = "", *, hung: bool = False) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.hung = hung

    @property
    def is_passing(self) -> bool:
        """Whether this may be over in a moment: a busy server or a lost connection, not a refusal."""
        return self.reason != "refused" and (self.status is None or self.status >= 500 or self.status == 429)


class StatusError(FetchError):
    """The answer is no page; `host` gave it, to which a redirect may have led.

    `wall` says what stands there instead, if that is known: a captcha and its title.
    """

    def __init__(self, status: int, host: str, retry_after: float | None, wall: str = "") -> None:
        super().__init__("status", f"{status} ({wall})" if wall else str(status))
        self.status = status
        self.wall = wall
        self.host = host
        self.retry_after = retry_after


class RefusedError(FetchError):
    """The address gate refused a connection; `paste` is the line of monitor.yaml that would allow it.

    It is empty where the server of another host led there.
    """

    def __init__(self, detail: str, paste: str) -> None:
        super().__init__("refused", detail)
        self.detail = detail
        self.paste = paste

    def led_by(self, host: str) -> RefusedError:
        """Return the refusal of an address to which `host` redirected."""
        return RefusedError(f"{self.detail} ({host} leads there)", "")

    def advised(self, words: str) -> str:
        """Return the error with the line to paste behind these words, where there is one."""
        return f"{self}{words}: {self.paste}" if self.paste else str(self)


class ParseError(MonitorError):
    """A page is not what it should be; `reason` says what it is instead (html page, captcha, empty, unreadable...)."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class RenderError(MonitorError):
    """A delivery cannot be made into a mail; `key` names it: recipient, thread, sequence."""

    permanent = True

    def __init__(self, key: tuple[str, str, int], detail: str) -> None:
        super().__init__(f"{key[1]} #{key[2]} to {key[0]}: {detail}")
        self.key = key


class SendError(MonitorError):
    """A message was not accepted.

    `account` says that the cause is the sender's server or credentials and not this message; `maybe_delivered` that the
    server may have accepted the message before the connection was lost; `phase` names the step that failed.
    `retry_after` are the seconds that a service which takes no more for now asks to wait.
    """

    retry_after: float | None = None

    def __init__(
        self,
        detail: str,
        *,
        permanent: bool = False,
        account: bool = False,
        maybe_delivered: bool = False,
        phase: str = "",
    ) -> None:
        super().__init__(detail)
        self.permanent = permanent
        self.account = account
        self.maybe_delivered = maybe_delivered
        self.phase = phase

    @property
    def answer(self) -> str:
        """The server's answer in that phase, such as `550 5.1.1 User unknown`, or why there was none."""
        return str(self).removeprefix(f"{self.phase}: ")


class StoreError(MonitorError):
    """The database cannot be used, for now (`permanent` false) or until somebody acts (`permanent` true)."""

    def __init__(self, detail: str, *, permanent: bool = False) -> None:
        super().__init__(detail)
        self.permanent = permanent


class ConductedError(StoreError):
    """Another monitor works on this database."""

    def __init__(self) -> None:
        super().__init__(
            "another monitor already works on this database: stop it first, or give this one another database"
        )


class InUseError(StoreError):
    """Another process writes to the database; `holder` is its process id, empty where that is not known."""

    def __init__(self, how: str, holder: str) -> None:
        who = f"process {holder}" if holder.isdigit() else "another process"
        advice = f"stop it first (`kill {holder or 'PID'}`), or give this one another folder with --data"
        super().__init__(f"{who} already writes to this database ({how}): {advice}", permanent=True)
        self.holder = holder
