"""Names in Bulgarian letters, for which no dictionary is at hand, expand like all others."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name, expand_word


@pytest.mark.parametrize("name", ["Петър Вълков", "Пеевски", "Народно Събрание", "Българска Банка", "Връх-Вълков"])
def test_names_and_words_in_bulgarian_letters_expand(name: str) -> None:
    assert expand_name(name, {})[0].text == name
    assert [expand_word(word)[0].text for word in name.split()] == name.split()
