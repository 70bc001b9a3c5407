"""Signs of events as they are packed for the store."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.event_values import EventSign, EventSigns, KeyKind, PackedSigns, kind_of, worths_by_code

_keys = st.integers(0, 2**32 - 1)
_others = st.lists(_keys, max_size=5).map(tuple)
_sign = st.builds(EventSign, _keys, _others, st.booleans(), st.booleans(), st.integers(0, 255), st.just(""))
_signs = st.lists(_sign)


@given(_signs)
def test_packed_signs_are_the_same_signs(signs: list[EventSign]) -> None:
    packed = PackedSigns(PackedSigns.of(signs).packed)
    assert (len(packed), list(packed), packed[:2]) == (len(signs), signs, tuple(signs[:2]))
    assert packed.keys == tuple(sign.key for sign in signs)
    assert packed.any_keys == {key for sign in signs for key in sign.keys}
    assert list(packed.topics()) == [
        (at, sign.others[-1], sign.is_title)
        for at, sign in enumerate(signs)
        if sign.others and not sign.is_name and kind_of(sign.others[-1]) == KeyKind.TOPIC
    ]


@given(_signs)
def test_a_code_says_kind_name_and_title(signs: list[EventSign]) -> None:
    worths = worths_by_code(lambda kind, is_name, is_title: kind + 10 * is_name + 100 * is_title)
    found = [worths[code] for code in PackedSigns.of(signs).codes]
    assert found == [kind_of(sign.key) + 10 * sign.is_name + 100 * sign.is_title for sign in signs]


def test_what_stands_there_is_no_difference_and_what_it_is_is_one() -> None:
    sign = EventSign(8, (), False, True, 3, "fire")
    fresh, stored = PackedSigns.of([sign]), PackedSigns(PackedSigns.of([sign]).packed)
    assert (fresh[0].text, stored[0].text, fresh == stored) == ("fire", "", False)
    one = EventSigns("en", "one", fresh)
    assert one.says_the_same(EventSigns("en", "two", stored))
    assert not one.says_the_same(one._replace(signs=PackedSigns.of([sign._replace(is_title=False)])))


def test_signs_that_another_release_packed_are_none() -> None:
    for packed in (b"", b"\x01", b"\x01\x08\x00\x00\x00\x00\x00\x00", b"\xff" * 9):
        assert list(PackedSigns(packed)) == []
