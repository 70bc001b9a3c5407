from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.script import with_plain_letters


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Ｐｅｓｋｏｖ", "Peskov"),
        ("Mu\u0308ller", "Müller"),
        ("ﬁnland", "finland"),
        ("ﺑﻮﺗﻴﻦ", "بوتين"),
        ("ﾌﾟｰﾁﾝ", "プーチン"),
        ("№ 5 ½", "№ 5 ½"),
        ("a\ufeffb", "a\ufeffb"),
        ("И\u0306", "Й"),
    ],
)
def test_letters_of_compatibility_forms_are_plain_ones(written: str, plain: str) -> None:
    assert with_plain_letters(written) == plain


@pytest.mark.parametrize(("written", "plain"), [("Ｐｅｓｋｏｖ", "Peskov"), ("Mu\u0308ller", "Müller")])
def test_a_name_has_the_forms_of_its_plain_letters(written: str, plain: str) -> None:
    assert expand_name(written, {}) == expand_name(plain, {})


@pytest.mark.parametrize("name", ["X", "Ю"])
def test_a_single_letter_has_no_other_spellings(name: str) -> None:
    assert [form.text for form in expand_name(name, {})] == [name]
