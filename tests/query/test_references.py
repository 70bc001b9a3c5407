from __future__ import annotations

from monitor.query import Scope, check
from tests.query.reading import diagnostics, error, found

SCOPE = Scope(
    lists={
        "talks": ["talk*", "direct meeting", "@more"],
        "more": ["переговор*", "name(Istanbul)"],
        "a": ["@b"],
        "b": ["x", "@c"],
        "c": ["@a"],
        "broken": ["fine", "ab*"],
        "unread": ["fine", "(open"],
        "empty": [],
        "titled": ["title:x"],
        "doubtful": ["Пеcков"],
    },
    queries={"Istanbul talks": "Istanbul NEAR/5 @talks", "self": '@"self"', "my list": "y"},
)


def test_a_list_is_any_of_its_entries_and_of_the_lists_it_names() -> None:
    assert found("@talks", "talked at a direct meeting", SCOPE) == ["talked", "direct meeting"]
    assert found("@talks", "Переговоры в Istanbul", SCOPE) == ["Переговоры", "Istanbul"]
    assert found("@talks", "nothing", SCOPE) is None


def test_a_saved_rule_stands_for_its_query() -> None:
    assert found('@"Istanbul talks" AND x', "x: Istanbul talks", SCOPE) == ["x", "Istanbul", "talks"]
    assert found('@"my list"', "y", SCOPE) == ["y"]


def test_a_circle_shows_its_way() -> None:
    wrong = error("x AND @a", SCOPE)
    assert wrong.column == 7
    assert "list a → list b → list c → list a" in wrong.message
    assert "circle" in error('@"self"', SCOPE).message


def test_a_rule_that_names_itself_is_a_circle() -> None:
    compiled, said = check('x OR @"Istanbul talks"', SCOPE, "Istanbul talks")
    assert compiled is None
    assert "rule Istanbul talks → rule Istanbul talks" in said[0].message


def test_an_unknown_name_gets_the_nearest() -> None:
    assert error("x AND @talkz", SCOPE).hint == "did you mean talks?"
    assert error("x AND @talkz", SCOPE).column == 7


def test_an_error_inside_a_list_names_the_list_and_its_entry() -> None:
    assert error("x AND @broken", SCOPE).column == 7
    assert "list broken: “*” wants" in error("x AND @broken", SCOPE).message
    assert "list unread: entry 2: column 1: this bracket is not closed" in error("@unread", SCOPE).message
    assert "empty" in error("@empty", SCOPE).message


def test_what_is_said_does_not_depend_on_which_rule_came_first() -> None:
    fresh = [Scope(lists=SCOPE.lists), Scope(lists=SCOPE.lists)]
    check("@titled", fresh[1])
    check("@doubtful", fresh[1])
    for query in ("title:@titled", "@doubtful"):
        assert diagnostics(query, fresh[0]) == diagnostics(query, fresh[1])
        assert diagnostics(query, fresh[1])


def test_deep_lists_are_fine_and_too_deep_ones_refused() -> None:
    lists = {"l0": ["x"]} | {f"l{n}": [f"@l{n - 1}"] for n in range(1, 60)}
    assert found("@l20", "x", Scope(lists=lists)) == ["x"]
    warm = Scope(lists=lists)
    for number in range(60):
        cold = check(f"@l{number}", Scope(lists=lists))[0]
        assert (check(f"@l{number}", warm)[0] is None) == (cold is None)
    assert "deep" in error("@l59", Scope(lists=lists)).message
