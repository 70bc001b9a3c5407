"""JSON is read however it was damaged, and what was lost is counted."""

from __future__ import annotations

import pytest

from monitor.sources.json_repair import RepairedJson, read_json


def test_sound_json_is_its_value_without_a_note() -> None:
    assert read_json('{"items": [1, 2]}') == RepairedJson({"items": [1, 2]})
    assert read_json('{"a": "one\ntwo"}') == RepairedJson({"a": "one\ntwo"})


def test_a_number_of_many_digits_is_read() -> None:
    assert read_json("1" * 18).value == int("1" * 18)
    assert read_json("1" * 5000).value == float("inf")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1,}', {"a": 1}),
        ("[1, 2, ]", [1, 2]),
        ("[,1]", [1]),
        ("[,,1]", [1]),
        ("[1,,2]", [1, 2]),
        ('{"a": "x" "b": "y"}', {"a": "x", "b": "y"}),
        ('[{"a": 1} {"b": 2}]', [{"a": 1}, {"b": 2}]),
        ('{"a": [1] "b": 2}', {"a": [1], "b": 2}),
        (r'{"a": "C:\dir"}', {"a": r"C:\dir"}),
        (r'{"a": "it\'s"}', {"a": "it's"}),
        (r'{"a": "\u12"}', {"a": r"\u12"}),
        (r'{"a": "say \"x\", {}" ,}', {"a": 'say "x", {}'}),
    ],
)
def test_commas_and_escapes_are_put_right(text: str, value: object) -> None:
    assert read_json(text) == RepairedJson(value, 0, "repaired")


def test_of_a_feed_that_breaks_off_the_whole_items_are_read() -> None:
    text = '{"title": "News", "language": "en", "items": [{"id": "1"}, {"id": "2"}, {"id": "3", "ti'
    assert read_json(text) == RepairedJson(
        {"title": "News", "language": "en", "items": [{"id": "1"}, {"id": "2"}]}, 1, "salvaged entry by entry"
    )


@pytest.mark.parametrize("broken", ['{"id": "2", "title": }', '{"id": "2" nonsense}', '{"id": "2", "url": "x}'])
def test_a_broken_item_costs_itself_alone(broken: str) -> None:
    found = read_json(f'{{"items": [{{"id": "1"}}, {broken}, {{"id": "3"}}, {{"title": "4"}}]}}')
    assert found.value["items"][0] == {"id": "1"}
    assert found.value["items"][-1] == {"title": "4"}
    assert found.lost == 1


def test_an_attachment_of_a_broken_item_is_no_item() -> None:
    broken = '{"id": "2", "x": , "attachments": [{"url": "a"}, {"url": "b", "mime_type": "c", "title": "d"}]}'
    found = read_json(f'{{"items": [{broken}, {{"id": "3"}}]}}')
    assert (found.value["items"], found.lost) == ([{"id": "3"}], 1)


@pytest.mark.parametrize("text", ["", "nonsense", "{", '{"title": "x"', "[" * 100_000])
def test_what_holds_nothing_is_empty(text: str) -> None:
    assert read_json(text) == RepairedJson({})


def test_members_that_nest_without_end_cost_their_item() -> None:
    deep = "[" * 100_000
    found = read_json(f'{{"items": [{{"id": "1"}}, {{"x": {deep}}}, {{"id": "3"}}]}}')
    assert found.value["items"][0] == {"id": "1"}
    assert found.lost >= 1


def test_after_five_hundred_broken_items_the_rest_is_given_up() -> None:
    broken = ", ".join(['{"id": nonsense}'] * 2000)
    found = read_json(f'{{"items": [{{"id": "1"}}, {broken}, {{"id": "2"}}]}}')
    assert (found.value["items"], found.lost) == ([{"id": "1"}], 500)


ONE, THREE, FOUR = '{"id":"1","title":"one"}', '{"id":"3","title":"three"}', '{"id":"4","title":"four […]"}'


@pytest.mark.parametrize(
    "broken",
    [
        '{"id":"2","title":"two}',
        '{"id":"2","title":"two, "url":"x"}',
        '{"id":"2","url":"x',
        '{"id":"2","title":"a "b" c","authors":[{"name":"n","id":"5"},{"name":"m","id":"6"}]}',
        '{"id":"2","title": ,"authors":[{"name":"n"},{"id":"6","name":"m"}]}',
    ],
)
@pytest.mark.parametrize("form", ['{{"items":[{}, {}, {}, {}]}}', "[{},{},{},{}]", "[{}\n,{}\n,{}\n,{}"])
def test_of_a_list_a_broken_item_costs_no_neighbour(form: str, broken: str) -> None:
    found = read_json(form.format(ONE, broken, THREE, FOUR))
    assert [item["title"] for item in found.value["items"]] == ["one", "three", "four […]"]
    assert (found.lost, found.note) == (1, "salvaged entry by entry")


@pytest.mark.parametrize("text", ["[notice] here {", '[{"a": 1}, {"b": 2}, {"c":', "[1, 2, "])
def test_what_begins_with_a_bracket_is_no_list_without_an_item(text: str) -> None:
    assert read_json(text) == RepairedJson({})


def test_many_objects_without_an_end_are_read_in_linear_time() -> None:
    text = '[{"id":' + ' {"name" , {"id"' * 200_000
    assert read_json(text) == RepairedJson({})
