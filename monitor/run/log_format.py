"""Format log events: as one line each for people, or as one JSON object a line for log collectors."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

from monitor.text import clean

# Formatters add `message` and `asctime` to a record.
_STANDARD_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "event"}


class LineFormatter(logging.Formatter):
    """Formats an event as a line: the time in UTC, the kind of event, the message."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%SZ")
        kind = getattr(record, "event", record.levelname.lower())
        return f"{moment}  {kind:<9} {clean(record.getMessage())}{self._trace(record)}"

    def _trace(self, record: logging.LogRecord) -> str:
        """Return the traceback as lines of its own, or an empty text."""
        if not record.exc_info:
            return ""
        return "\n" + "\n".join(clean(line) for line in self.formatException(record.exc_info).splitlines())


class JsonFormatter(logging.Formatter):
    """Formats an event as a JSON object: time, level, event, message and the event's own fields."""

    def format(self, record: logging.LogRecord) -> str:
        body: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "log"),
            "message": clean(record.getMessage()),
        }
        for key, value in vars(record).items():
            if key not in _STANDARD_FIELDS:
                body[key] = clean(value) if isinstance(value, str) else value
        if record.exc_info:
            body["trace"] = clean(self.formatException(record.exc_info))
        return json.dumps(body, ensure_ascii=False, default=str)


def _is_no_lost_code(record: logging.LogRecord) -> bool:
    """Whether a record is none of asyncio's about a process that had ended by itself just before it was killed."""
    return not str(record.msg).startswith("Unknown child process pid")


def start_logging(style: str = "lines") -> None:
    """Write this program's events to standard output in a style, `lines` or `json`."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter() if style == "json" else LineFormatter())
    # Without tracebacks where the reader of the log has ended (`monitor run | head`).
    logging.raiseExceptions = False
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("monitor").setLevel(logging.INFO)
    # Its warning that a job still runs when it is due again: on a busy machine that is as it should be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("asyncio").addFilter(_is_no_lost_code)
