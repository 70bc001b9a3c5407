from __future__ import annotations

import pytest

from monitor.config.wildcard_proposals import proposed_wildcards
from monitor.query import Scope
from monitor.text.forms import expand_name, expand_word

SCOPE = Scope(words=expand_word, names=lambda name: expand_name(name, {}))


@pytest.mark.parametrize(
    ("query", "language", "wildcards"),
    [
        ('name("Viktor Orbán")', "hu", ["Orbán*"]),
        ("name(Heikkinen)", "fi", ["Heikki*"]),
        ("name(Moskva)", "hr", ["Moskv*"]),
        ("name(Peskov)", "ka", ["პესკოვ*"]),
        ("name(Zelensky)", "ka", ["ზელენსკ*"]),
        ("name(Istanbul)", "ka", ["სტამბოლ*"]),
        ("name(Peskov)", "hy", ["Պեսկով*"]),
        ("name(Orbán)", "hy", ["Օրբան*"]),
        ("name(Peskov)", "kk", ["Песков*"]),
        ("name(Peskov) OR name(Lavrov) OR name(Putin) OR name(Trump)", "fi", ["Peskov*", "Lavrov*", "Putin*"]),
        ("name(Xi)", "fi", []),
        ("name(Peskov) AND talks", "fi", ["Peskov*"]),
        ("talks", "fi", ["talks*"]),
        ("talks", "ka", []),
        ("name(Peskov) OR Pesko*", "fi", []),
        ("name(Peskov) OR პესკ*", "ka", []),
    ],
)
def test_a_name_has_a_wildcard_in_the_letters_of_the_language(query: str, language: str, wildcards: list[str]) -> None:
    assert proposed_wildcards(query, SCOPE, language) == wildcards
