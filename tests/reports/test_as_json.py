"""Records become JSON by their fields alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from monitor.model import State
from monitor.reports.as_json import as_json


@dataclass(frozen=True, slots=True)
class _Record:
    at: datetime
    parts: tuple[_Record, ...] = ()
    counts: dict[State, int] | None = None
    _source: str = "what it was made of"


def test_fields_are_keys_however_deep() -> None:
    at = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    record = _Record(at, (_Record(at, counts={State.SENT: 2}),))
    inner = {"at": "2026-11-23T10:00:00+00:00", "parts": [], "counts": {"sent": 2}}
    assert as_json([record]) == [{"at": inner["at"], "parts": [inner], "counts": None}]


def test_a_field_that_is_a_keyword_has_its_plain_name() -> None:
    @dataclass
    class Sent:
        from_: str

    assert as_json(Sent("factiva")) == {"from": "factiva"}


def test_json_takes_all_that_records_hold() -> None:
    values = (date(2026, 11, 23), b"\x00\xff", State.HELD, {"b"}, Path("config"), timedelta(minutes=1), True, 1.5, None)
    expected = ["2026-11-23", "00ff", "held", ["b"], "config", "0:01:00", True, 1.5, None]
    assert json.loads(json.dumps(as_json(values))) == expected
