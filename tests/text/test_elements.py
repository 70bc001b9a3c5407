"""What is a tag of HTML, and what only looks like one."""

from __future__ import annotations

import pytest

from monitor.text import to_text
from tests.bench.yardstick import at_reference


@pytest.mark.parametrize(
    "words",
    [
        "Letter of Peskov <peskov@kremlin.example> leaks",
        "<Peskov> leaves",
        "Growth a<b as Peskov and Ivanov>c said",
        "The <head of state> said",
        "<I think so>",
        "<Al-Jazeera> reports",
        "<https://example.org/1> and more",
        "<<quotes>> and <<Quotes>>",
        "<3 and <80 and x<y",
        "cut here <Peskov leaves",
        "</sarcasm>",
    ],
)
def test_what_is_no_element_stays(words: str) -> None:
    assert to_text(words) == words
    assert to_text(f"<p>{words}</p>") == words


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<Person>Peskov</Person> left", "Peskov left"),
        ("<o:p>a</o:p><amp-img>b", "ab"),
        ("<lj user=ada> a <x id='1'>b", "a b"),
        ("<noindex>a</noindex><FONT color=red>b</FONT>", "ab"),
        ("<video controls muted>a</video>", "a"),
        ("<input disabled>a<p data-x>b", "a\nb"),
        ("<br clear />a<hr/>b", "a\nb"),
        ("cut <a hre", "cut"),
        ("cut <blockq", "cut"),
        ("cut <img src='x", "cut"),
        ("<a title='a <Word> b' href='/x'>c</a>", "c"),
        ("<!-- <Word> -->a<script>if (a<b && c>d) x()</script>", "a"),
    ],
)
def test_what_is_markup_goes(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("zebraone<sup>1</sup> text", "zebraone 1 text"),
        ("zebraone<SUP class='n'><a href='#n1'>[1]</a></SUP>, text", "zebraone [1], text"),
        ("<b>zebraone</b><sup>2</sup>zebratwo", "zebraone 2 zebratwo"),
        ("слово<sup>*</sup>", "слово *"),
        ("caf&eacute;<sup>1</sup>", "café 1"),
        ("Acme<sup>TM</sup>", "Acme TM"),
        ("m<sup>2</sup>, km<sup>2</sup>, 21<sup>st</sup>, M<sup>me</sup>", "m2, km2, 21st, Mme"),
        ("le XIX<sup>e</sup> siècle", "le XIXe siècle"),
        ("<sup>14</sup>C and H<sub>2</sub>O", "14C and H2O"),
        ("<summary>a</summary>b", "a\nb"),
        ("zebranine<button>Share</button>now", "zebranine Share now"),
        ("one<img src='x'>two<select><option>3</option></select>", "one two"),
        ("zebra<span>one</span><wbr>s", "zebraones"),
    ],
)
def test_words_are_parted_where_a_reader_sees_two(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize("unit", ["<Word>", "<a b>", "</x>", "<sup>", "<b as ", "<x y=", "<", "<Word"])
def test_megabytes_of_what_looks_like_tags_end_in_time(unit: str) -> None:
    html = unit * (1_000_000 // len(unit))
    assert at_reference(lambda: to_text(html)) < 2
