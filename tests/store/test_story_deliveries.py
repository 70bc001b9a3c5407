"""The deliveries that tell of a story, and what becomes of them when stories merge."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model import Kind, Match
from monitor.store import Store, deliveries, delivery_admin, delivery_threads, outbox, story_deliveries
from monitor.story_values import StoryDelivery
from tests.store.make import LEASE, NOW, alert, item

STORY = 9


def plan(store: Store, recipient: str, *articles: int) -> int:
    """Plan a delivery that tells these articles of the story; return its id."""
    with store.begin() as conn:
        planned = alert(recipient, f"story:{STORY}", items=tuple(item(id_, STORY) for id_ in articles))
        return deliveries.add(conn, [planned], NOW)[0].delivery_id


def claim(store: Store, recipient: str) -> outbox.DueDelivery:
    with store.begin() as conn:
        (due,) = outbox.claim(conn, NOW, 1, LEASE, outbox.ClaimFilter(recipient=recipient))
        return due


def articles_of(store: Store, *ids: int) -> list[list[int]]:
    with store.reading() as conn:
        found = deliveries.items_of(conn, ids)
    return [[one.article_id for one in found[id_]] for id_ in ids]


@pytest.mark.parametrize(
    ("state", "takes_items", "tells"),
    [
        ("waits", True, True),
        ("held", False, True),
        ("claimed", False, True),
        ("sent", False, True),
        ("failed", False, False),
        ("failed, but may have arrived", False, True),
    ],
)
def test_a_story_is_told_by_what_was_sent_or_may_still_be(
    store: Store, state: str, takes_items: bool, tells: bool
) -> None:
    id_ = plan(store, "ann@example.org", 1)
    due = claim(store, "ann@example.org") if state not in ("waits", "held") else None
    with store.begin() as conn:
        if state == "held":
            delivery_admin.hold_all(conn, "")
        elif due and state == "sent":
            outbox.finish_sent(conn, due, NOW)
        elif due and state != "claimed":
            outbox.finish_failed(conn, replace(due, maybe_delivered="may" in state), NOW, "550")
    with store.begin() as conn:
        told = StoryDelivery(id_, "ann@example.org", f"story:{STORY}", 0, NOW, takes_items, tells, (item(1, STORY),))
        assert story_deliveries.telling_of(conn, STORY) == [told]
        assert story_deliveries.telling_of(conn, 1) == []
        assert deliveries.already_told(conn, [("ann@example.org", STORY)]) == (
            {("ann@example.org", STORY)} if tells else set()
        )


def test_a_delivery_tells_an_edit_of_the_story_whose_article_was_edited(store: Store) -> None:
    edit = replace(item(1, STORY, version=2), edit_of=1)
    with store.begin() as conn:
        deliveries.add(
            conn, [alert("ann", "digest:x", items=(edit, item(2, 7))), alert("bob", items=(item(1, STORY),))], NOW
        )
    with store.begin() as conn:
        of_story, of_other = (story_deliveries.telling_of(conn, story) for story in (STORY, 7))
    assert [(one.recipient, one.first) for one in of_story] == [("ann", ()), ("bob", (item(1, STORY),))]
    assert [one.first for one in of_other] == [(item(2, 7),)]


def test_a_delivery_that_tells_a_story_first_and_how_it_goes_on_tells_it_first(store: Store) -> None:
    edit, later = replace(item(2, STORY, version=2), edit_of=1), replace(item(3, STORY), develops=True)
    with store.begin() as conn:
        told = [("ann", (item(1, STORY), edit, later)), ("bob", (later,)), ("cid", (edit, later))]
        deliveries.add(conn, [alert(who, "digest:x", items=items) for who, items in told], NOW)
        found = {one.recipient: one.first for one in story_deliveries.telling_of(conn, STORY)}
        assert found == {"ann": (item(1, STORY),), "bob": (), "cid": ()}
        assert set(deliveries.open_stories(conn, ["ann", "bob", "cid"], ("digest:",), NOW)) == {("ann", STORY)}


def test_what_is_told_in_a_catch_up_is_told_by_that_alone(store: Store) -> None:
    id_ = plan(store, "ann@example.org", 1)
    catch_up = alert("ann@example.org", "catch-up:1", kind=Kind.CATCH_UP)
    with store.begin() as conn:
        merged = deliveries.merge(conn, [id_], catch_up, NOW)
        assert merged is not None
        told = [(one.id, one.takes_items, one.tells) for one in story_deliveries.telling_of(conn, STORY)]
    assert told == [(id_, False, False), (merged.delivery_id, True, True)]


def test_a_delivery_moves_to_another_thread(store: Store) -> None:
    ann, bob = plan(store, "ann@example.org", 1), plan(store, "bob@example.org", 1)
    with store.begin() as conn:
        story_deliveries.set_thread(conn, ann, "story:7", 3)
        found = [(one.id, one.thread, one.sequence) for one in story_deliveries.telling_of(conn, STORY)]
    assert found == [(ann, "story:7", 3), (bob, f"story:{STORY}", 0)]


def test_what_two_deliveries_tell_of_a_story_moves_into_one(store: Store) -> None:
    older, other = plan(store, "ann@example.org", 1, 2), plan(store, "bob@example.org", 1, 2, 4)
    with store.begin() as conn:
        again = replace(item(2, STORY, version=3), matches=(Match("Docks"),))
        planned = alert("ann@example.org", "story:7", items=(again, item(3, STORY), item(5, 7)))
        later = deliveries.add(conn, [planned], NOW)[0].delivery_id
        story_deliveries.move_story(conn, STORY, later, older, NOW)
        (both,) = [one for one in deliveries.items_of(conn, [older])[older] if one.article_id == 2]
    # Article 5 is of another story; 2 was in both, and is told by the rules of both.
    assert articles_of(store, older, later, other) == [[1, 2, 3], [5], [1, 2, 4]]
    assert both == replace(again, matches=(*item(2).matches, Match("Docks")))
    assert claim(store, "ann@example.org").id == older


def test_what_another_delivery_tells_leaves_one_that_ends_when_nothing_is_left(store: Store) -> None:
    older, later = plan(store, "ann@example.org", 1), plan(store, "bob@example.org", 1, 2)
    for article, state, left in ((1, "waiting", [2]), (2, "merged", [])):
        with store.begin() as conn:
            story_deliveries.remove(conn, later, [article], older, NOW)
            found = delivery_admin.show(conn, later)
        assert found
        assert (found[0].state, articles_of(store, later)) == (state, [left])
    assert found[0].note == f"told in delivery {older}"


def test_what_waits_goes_on_with_a_story_in_one_delivery_alone(store: Store) -> None:
    ann, bob = plan(store, "ann@example.org", 1, 2), plan(store, "bob@example.org", 1, 2)
    with store.begin() as conn:
        story_deliveries.let_develop(conn, ann, [2])
        found = deliveries.items_of(conn, [ann, bob])
    assert [[one.develops for one in found[id_]] for id_ in (ann, bob)] == [[False, True], [False, False]]


def test_the_last_sequence_of_a_thread_counts_from_its_moment_on(store: Store) -> None:
    plan(store, "ann@example.org", 1)
    with store.reading() as conn:
        for moment, found in (
            (NOW, {("ann@example.org", f"story:{STORY}"): (0, True)}),
            (NOW + timedelta.resolution, {}),
        ):
            assert delivery_threads.threads_since(conn, ["ann@example.org"], ["story:"], moment) == found


def test_one_alert_of_a_thread_and_its_next_are_two_deliveries_of_one_plan(store: Store) -> None:
    first = alert("ann@example.org", "digest:1", items=(item(1),))
    with store.begin() as conn:
        written = deliveries.add(conn, [first, replace(first, sequence=1, items=(item(2),)), first], NOW)
    assert [one.alert.sequence for one in written] == [0, 1, 0]
    assert [one.appended for one in written] == [False, False, True]
