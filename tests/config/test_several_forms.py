from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config.several_forms import several_forms
from tests.config.helpers import loaded


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Пескоф, Песькоф", ("Пескоф", "Песькоф")),
        ("Пескоф\nПеськоф\r\n", ("Пескоф", "Песькоф")),
        ("纽森、紐森，纽瑟姆", ("纽森", "紐森", "纽瑟姆")),
        ("Leo Frank ,  Leo Franc", ("Leo Frank", "Leo Franc")),
        ("Peskov, Dmitry", ("Peskov, Dmitry",)),
        ("Песков, Д. С.", ("Песков, Д. С.",)),
        ("Tiffany,\nInc.", ("Tiffany, Inc.",)),
        ("Donald Trump", ("Donald Trump",)),
        (" , ", ()),
    ],
)
def test_commas_and_line_breaks_divide_forms_but_not_a_name_turned_round(text: str, forms: tuple[str, ...]) -> None:
    assert several_forms(text) == forms


def test_check_warns_of_a_comma_list_that_counts_as_one_spelling(tmp_path: Path) -> None:
    names = 'names:\n  - {name: Peskov, also: ["Песков, Пєсков", "Peskov, Dmitry"], not: "Ткачук, Ткачука"}\n'
    said = [(one.column, one.severity, one.hint) for one in loaded(tmp_path, {"names.yaml": names}).problems]
    assert said == [
        (27, "warning", "expected a list: also: [Песков, Пєсков]"),
        (69, "warning", "expected a list: not: [Ткачук, Ткачука]"),
    ]
