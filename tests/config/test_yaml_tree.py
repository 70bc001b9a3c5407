import pytest

from monitor.config.yaml_tree import BadYamlError, YamlNode, YamlTree, find, parse, plain


def root_of(tree: YamlTree) -> YamlNode:
    assert tree.root is not None
    return tree.root


def test_scalars_stay_text_whatever_yaml_would_make_of_them() -> None:
    tree = parse("country: no\nname: 112\nat: 08:30\nport: 0587\nflag: ON\nsum: 1e3\nnull: null\n")
    assert plain(root_of(tree)) == {
        "country": "no",
        "name": "112",
        "at": "08:30",
        "port": "0587",
        "flag": "ON",
        "sum": "1e3",
        "null": "null",
    }


def test_a_key_without_a_value_is_not_there() -> None:
    tree = parse("a:\nb: ~\nc: ''\nd: x\n")
    assert plain(root_of(tree)) == {"c": "", "d": "x"}


def test_places_are_those_of_the_text() -> None:
    tree = parse("\ufeffа:\n  - б: в\n    г: 'д'\n".removeprefix("\ufeff"))
    node = find(tree.root, ("а", 0, "г"))
    assert (node.line, node.column, node.value) == (2, 7, "д")
    assert find(tree.root, ("а", 0, "г"), key=True).column == 4
    assert find(tree.root, ("а", 7, "nothing")).column == 2


def test_doubled_keys_and_tags_are_faults_and_the_first_counts() -> None:
    tree = parse("a: 1\na: 2\nb: !x y\n? [c]\n: d\n")
    assert [(node.line, message) for node, message, _ in tree.faults] == [
        (1, "doubled key “a”"),
        (2, "YAML takes “!x” for a tag"),
        (3, "expected a key, found a list or mapping"),
    ]
    assert plain(root_of(tree)) == {"a": "1", "b": "y"}


def test_aliases_give_what_they_name() -> None:
    tree = parse("a: &x [1, 2]\nb: *x\n")
    assert plain(root_of(tree)) == {"a": ["1", "2"], "b": ["1", "2"]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: *a", "alias"),
        ("a: &a [*a]", "alias"),
        ("[" * 41 + "]" * 41, "nested"),
        ("{a: " * 41 + "}" * 41, "nested"),
        ("[" * 100_000, "nested"),
        ("- " * 5_000, "nested"),
        ("a: b\n---\nc: d\n", "second document"),
        ("a: [b", "expected"),
        ("a: \x00", "character"),
        ("a: '\ud800'", "character"),
        ("a: b\n\tc: d\n", "tab"),
        ("x" * (16 * 1024 * 1024 + 1), "larger"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, message: str) -> None:
    with pytest.raises(BadYamlError, match=message):
        parse(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("names: [{name: ", (0, 14)),
        ("names: [{name: \n\n\n", (0, 14)),
        ("names:\n  - {name: A\n", (1, 12)),
        ('names:\n  - "abc\n', (1, 8)),
        ("names: [a}]", (0, 9)),
    ],
)
def test_what_is_missing_at_the_end_is_missing_behind_the_last_word(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(BadYamlError) as raised:
        parse(text)
    assert (raised.value.line, raised.value.column) == place


def test_a_bomb_of_aliases_costs_nothing() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    tree = parse("\n".join(levels))
    with pytest.raises(BadYamlError, match="endless"):
        plain(root_of(tree))
