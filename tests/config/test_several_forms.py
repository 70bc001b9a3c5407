from __future__ import annotations

from pathlib import Path

from tests.config.helpers import loaded


def test_check_warns_of_a_comma_list_that_counts_as_one_spelling(tmp_path: Path) -> None:
    names = 'names:\n  - {name: Peskov, also: ["Песков, Пєсков", "Peskov, Dmitry"], not: "Ткачук, Ткачука"}\n'
    said = [(one.column, one.severity, one.hint) for one in loaded(tmp_path, {"names.yaml": names}).problems]
    assert said == [
        (27, "warning", "expected a list: also: [Песков, Пєсков]"),
        (69, "warning", "expected a list: not: [Ткачук, Ткачука]"),
    ]
