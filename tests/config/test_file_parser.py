"""One file by itself: mistakes that only its text shows."""

from __future__ import annotations

import pytest

from monitor.config.file_parser import parse_file


@pytest.mark.parametrize("indent", [2, 5, 6])
def test_a_query_line_that_is_indented_wrongly_is_not_taken_for_a_query_that_yaml_cannot_read(indent: int) -> None:
    text = f"rules:\n  - name: a\n    to: [desk]\n{' ' * indent}query: talks\n"
    (problem,) = parse_file("rules.yaml", "rules", text).problems
    assert (problem.line, "cannot read" in problem.message) == (4, False)
    assert "in one column" in problem.hint


@pytest.mark.parametrize(
    ("path", "text", "place", "said"),
    [
        ("people.yaml", "people:\n  - {name: olga, mail: olga@press,test}\n", "2:35", "unknown key “test”"),
        ("outlets.yaml", "outlets:\n  - {name: a, feed: https://a.test/rss, langauge: }\n", "2:41", "mean language?"),
        ("monitor.yaml", "timezone: UTC\nopertor:\n", "2:1", "did you mean operator?"),
        ("rules.yaml", "rules:\n  - {name: x, to: [a@b.test], query: heron, activ}\n", "2:45", "did you mean active?"),
    ],
)
def test_a_key_that_nobody_knows_is_told_without_a_value_too(path: str, text: str, place: str, said: str) -> None:
    (problem,) = parse_file(path, path.partition(".")[0], text).problems
    assert f"{path}:{place}: error" in str(problem)
    assert said in str(problem)


@pytest.mark.parametrize(
    ("path", "entry", "place", "written"),
    [
        ("people.yaml", "{name: olga, mail: olga@press,test}", "2:35", 'mail: "olga@press,test"'),
        ("people.yaml", "{mail: olga@press,test, name: olga}", "2:23", 'mail: "olga@press,test"'),
        ("people.yaml", "{name: Smith, John, mail: john@press.test}", "2:19", 'name: "Smith, John"'),
        ("outlets.yaml", "{name: a, feed: https://a.test/rss?of=1,2,3}", "2:45", 'feed: "https://a.test/rss?of=1,2,3"'),
        ("outlets.yaml", "{title: Le Monde, Paris, feed: https://a.test/rss}", "2:23", 'title: "Le Monde, Paris"'),
        ("rules.yaml", "{name: x, to: [a@b.test], query: Peskov, Putin}", "2:46", 'query: "Peskov, Putin"'),
        ("rules.yaml", '{name: x, to: [a@b.test], query: "a b", c}', "2:45", r'query: "\"a b\", c"'),
        ("rules.yaml", "{name: x, to: [a@b.test], query: a, b AND title: war}", "2:41", "quote it"),
        ("rules.yaml", "{name: x, to: [a@b.test], query: a,\n    b, c}", "3:5", "quote it"),
        ("rules.yaml", "{name: x, to: ann, desk, query: heron}", "2:24", "to: [ann, desk]"),
        ("outlets.yaml", "{feeds: https://a.test/1, https://a.test/2}", "2:31", "[https://a.test/1, https://a.test/2]"),
        ("rules.yaml", "{query: heron, activ, name: x, to: [a@b.test]}", "2:20", 'query: "heron, activ"'),
    ],
)
def test_what_a_comma_cuts_off_is_told_once_with_what_to_write(path: str, entry: str, place: str, written: str) -> None:
    kind = path.partition(".")[0]
    parsed_file = parse_file(path, kind, f"{kind}:\n  - {entry}\n")
    (problem,) = [each for each in parsed_file.problems if "unknown key" in each.message]
    assert f"{path}:{place}: error" in str(problem)
    assert ("a comma ends a value inside { }" in problem.hint, problem.hint.endswith(written)) == (True, True)
    assert not parsed_file.warnings


def test_a_key_with_a_dash_for_a_line_is_no_rest_of_a_value() -> None:
    entry = "{name: a, feed: 'https://a.test/rss', user-agent: Reader}"
    (problem,) = parse_file("outlets.yaml", "outlets", f"outlets:\n  - {entry}\n").problems
    assert problem.hint == "did you mean user_agent?"


def test_the_rest_of_a_value_that_is_a_key_of_ours_is_a_warning() -> None:
    parsed_file = parse_file("rules.yaml", "rules", "rules:\n  - {name: x, to: [a@b.test], query: heron, send}\n")
    assert not parsed_file.problems
    (warning,) = parsed_file.warnings
    assert str(warning) == (
        "rules.yaml:2:45: warning: “send” has no value "
        '(a comma ends a value inside { }: quote it, as in query: "heron, send")'
    )


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("rules.yaml", "rules:\n  - name: #war\n    to: [a@b.test]\n    query: x\n", "2:5: error: “name” has no value"),
        ("rules.yaml", "rules:\n  - name: x\n    to: #war\n    query: x\n", "3:5: warning: “to” has no value"),
        ("lists.yaml", "lists:\n  a:\n    - #war\n    - peace\n", "3:6: error: expected a term, found nothing"),
    ],
)
def test_a_value_that_begins_with_a_hash_is_shown_in_quotation_marks(path: str, text: str, told: str) -> None:
    parsed_file = parse_file(path, path.partition(".")[0], text)
    (problem,) = [*parsed_file.problems, *parsed_file.warnings]
    assert str(problem).startswith(f"{path}:{told}")
    assert problem.hint == 'quote it: "#war"'


@pytest.mark.parametrize(
    ("value", "block"),
    [
        ("#war", '"#war"'),
        ("#war OR #peace", '"#war" OR #peace'),
        ("#війна  # of the year", '"#війна"  # of the year'),
    ],
)
def test_a_query_that_begins_with_a_hash_is_shown_as_a_block(value: str, block: str) -> None:
    (problem,) = parse_file(
        "rules.yaml", "rules", f"rules:\n  - name: x\n    to: [a@b.test]\n    query: {value}\n"
    ).problems
    assert "“query” has no value: YAML takes “#" in problem.message
    assert problem.hint == f"write it as a block:\n    query: |\n      {block}"


def test_a_comment_in_place_of_a_query_is_no_query() -> None:
    text = "rules:\n  - name: x\n    to: [a@b.test]\n    query: # the words to look for\n"
    (problem,) = parse_file("rules.yaml", "rules", text).problems
    assert problem.message == "“query” has no value"
    assert "query: |" in problem.hint


def test_a_known_key_without_a_value_counts_as_absent() -> None:
    assert not parse_file("people.yaml", "people", "people:\n  - {name: olga, mail: o@press.test, quiet: }\n").problems
