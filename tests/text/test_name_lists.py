from __future__ import annotations

import pytest

from monitor.text.name_lists import several_forms


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
