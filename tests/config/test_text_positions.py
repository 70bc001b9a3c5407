import yaml
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.text_positions import locate
from monitor.config.yaml_tree import find, parse

SOURCE = r"""a: |

   # x
   "foo" OR
     bar
b: >-
  foo
  baz   qux

  zip
c: "a\tb \"x\" \u0063
    d \
     e"
d: 'it''s me
  too'
e: plain text
   going on
f: {g: [one, two three]}
"""


def character_at(source: str, line: int, column: int) -> str:
    return (source.splitlines()[line - 1] + "\n")[column - 1]


def test_every_character_of_every_style_is_found_where_it_was_written() -> None:
    root = parse(SOURCE).root
    for path in [("a",), ("b",), ("d",), ("e",), ("f", "g", 1)]:
        node = find(root, path)
        for offset, character in enumerate(node.value):
            if not character.isspace():
                assert character_at(SOURCE, *locate(SOURCE, node, offset)) == character


def test_escapes_are_found_at_their_backslash() -> None:
    node = find(parse(SOURCE).root, ("c",))
    assert node.value == 'a\tb "x" c d e'
    assert locate(SOURCE, node, node.value.index('"')) == (11, 10)
    assert locate(SOURCE, node, node.value.index("c")) == (11, 16)
    assert locate(SOURCE, node, node.value.index("e")) == (13, 6)


def test_the_end_is_just_behind_the_last_character() -> None:
    node = find(parse(SOURCE).root, ("a",))
    assert locate(SOURCE, node, len(node.value.rstrip())) == (5, 9)
    assert locate(SOURCE, node, 10_000)[0] in (5, 6)


WORDS = st.lists(st.sampled_from(["name(Песков)", "OR", '"a', "b'c", "#x", "@y", "İ", "😀", "a:b", "\\n"]), min_size=1)


@given(WORDS, st.sampled_from(["|", ">", "'", '"', None]), st.integers(5, 60))
def test_whatever_yaml_writes_is_found_again(words: list[str], style: str | None, width: int) -> None:
    text = " ".join(words)
    source = yaml.dump({"rules": [{"query": text}]}, default_style=style, width=width, allow_unicode=True)
    node = find(parse(source).root, ("rules", 0, "query"))
    assert node.value.strip() == text
    for offset, character in enumerate(node.value):
        line, column = locate(source, node, offset)
        found = character_at(source, line, column)
        if not character.isspace():
            assert found == character or found == "\\"


@given(st.text(), st.integers(-5, 500))
def test_no_offset_is_ever_out_of_bounds(text: str, offset: int) -> None:
    source = yaml.dump({"query": text})
    line, column = locate(source, find(parse(source).root, ("query",)), offset)
    assert 1 <= line <= source.count("\n") + 1
    assert column >= 1
