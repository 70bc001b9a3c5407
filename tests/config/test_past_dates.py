"""What the files say of days that are past is a warning at its place, and what is still to come is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.config.past_dates import past_dates
from tests.config.helpers import good

FILES = {
    "monitor.yaml": "timezone: Europe/Istanbul\n",
    "people.yaml": 'people:\n  - {name: ann, mail: ann@m.test, away: "2026-12-01..2026-12-10"}\n',
    "rules.yaml": """
        defaults: {until: 2027-01-31}
        rules:
          - {name: R, query: peskov, to: ann, until: 2026-12-24}
          - {name: S, query: lavrov, to: ann}
        """,
}


def test_each_past_day_is_told_from_its_end_on(tmp_path: Path) -> None:
    config = good(tmp_path, FILES)
    end = datetime(2026, 12, 24, 21, tzinfo=UTC)

    def told(now: datetime) -> list[tuple[str, int]]:
        found = past_dates(config, now)
        assert all(one.severity == "warning" and one.hint for one in found)
        return [(one.file, one.line) for one in found]

    assert told(datetime(2026, 12, 10, 20, 59, tzinfo=UTC)) == []
    assert told(end - timedelta(seconds=1)) == [("people.yaml", 2)]
    assert told(end) == [("people.yaml", 2), ("rules.yaml", 4)]
    assert told(end + timedelta(days=60)) == [("people.yaml", 2), ("rules.yaml", 2), ("rules.yaml", 4)]
