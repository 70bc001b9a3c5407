"""Whom a refusal concerns, by what happened to other recipients' mails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts import AccountHealth
from monitor.alerts.account_health import AccountRefusal
from monitor.alerts.suspects import Suspects

NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
OURS, UNCLEAR, THEIRS = "550 5.7.1 Sender address rejected", "554 5.0.0 no", "550 5.1.1 User unknown"


def refusals(*answers: str) -> list[AccountRefusal]:
    return [AccountRefusal(number, f"{number}@example.org", answer) for number, answer in enumerate(answers)]


@pytest.mark.parametrize(
    ("answers", "certain"),
    [
        ([UNCLEAR] * 2, False),
        ([UNCLEAR] * 3, True),
        ([f"554 5.0.0 <{number}@example.org> no" for number in range(3)], True),
        ([UNCLEAR, UNCLEAR, "554 5.0.0 never"], False),
        ([OURS, "530 5.7.0 Authentication required", "550 5.4.5 Daily user sending limit exceeded"], True),
        ([OURS, OURS, UNCLEAR], False),
    ],
)
def test_the_same_answer_to_three_recipients_concerns_the_account(answers: list[str], certain: bool) -> None:
    assert bool(AccountHealth().account_refusals(refusals(*answers))) == certain


def test_one_recipient_three_times_is_not_three_recipients() -> None:
    assert (
        AccountHealth().account_refusals([AccountRefusal(number, "a@example.org", UNCLEAR) for number in range(3)])
        == []
    )


def test_refusals_that_were_counted_before_count() -> None:
    first, second, third = refusals(*[UNCLEAR] * 3)
    account = AccountHealth(counted=[first, second])
    assert account.account_refusals([third]) == [first, second, third]
    account.record_accepted("d@example.org")
    assert account.account_refusals([third]) == []


def test_a_bad_mailbox_never_concerns_the_account() -> None:
    account = AccountHealth()
    assert [account.may_concern_account(one) for one in refusals(THEIRS, OURS, UNCLEAR)] == [False, True, True]


def test_a_second_refusal_after_others_were_accepted_concerns_the_recipient() -> None:
    (refusal,) = refusals(OURS)
    account = AccountHealth()
    account.pause(NOW, OURS, [refusal])
    assert account.may_concern_account(refusal)
    account.record_accepted("other@example.org")
    assert not account.may_concern_account(refusal)
    account.record_accepted(refusal.recipient)
    assert account.may_concern_account(refusal)


def test_it_pauses_longer_while_it_refuses_us_and_not_while_it_is_away() -> None:
    account = AccountHealth()
    for answer, minutes in (("535 no", 1), ("535 no", 2), ("535 no", 4), ("Connection lost", 1), ("535 no", 1)):
        account.pause(NOW, answer)
        assert account.paused_until == NOW + timedelta(minutes=minutes)
        assert account.is_failing
    account.pause(NOW, "535 no")
    account.resume()
    assert not account.is_paused(NOW)
    assert account.is_failing
    account.record_accepted("a@example.org")
    assert not account.is_failing


def test_what_is_tried_within_a_pause_makes_it_no_longer() -> None:
    account = AccountHealth(is_shared=False)
    asked = []
    for refusal in refusals("status 500", "status 500", "status 500"):
        account.pause(NOW, refusal.answer, [refusal])
        asked.append(account.may_ask_another())
    assert (account.paused_until, asked) == (NOW + timedelta(minutes=1), [True, True, False])
    later = NOW + timedelta(minutes=1)
    account.pause(later, "status 500", refusals("status 500"))
    assert (account.paused_until, account.may_ask_another()) == (later + timedelta(minutes=2), True)
    account.pause(later, "Connection lost")
    assert (account.paused_until, account.may_ask_another()) == (later + timedelta(minutes=1), False)


def test_a_mail_that_was_refused_before_another_was_taken_is_to_blame_itself() -> None:
    (refusal,) = refusals(OURS)
    account = AccountHealth()
    account.suspects.refuse([refusal.delivery], in_pause=False)
    assert account.may_concern_account(refusal)
    account.suspects.accept(7)
    assert not account.may_concern_account(refusal)


def test_a_failing_account_takes_back_what_was_counted() -> None:
    ours, same, other, last = refusals(OURS, UNCLEAR, "554 5.0.0 never", UNCLEAR)
    account = AccountHealth(counted=[ours, same, other])
    assert account.wrongly_counted([last]) == [ours, same]
    assert account.wrongly_counted([]) == [], "it was merely not there"


def test_a_service_that_takes_no_more_for_now_is_asked_again_when_it_says() -> None:
    health = AccountHealth()
    health.throttle(NOW, 17.5)
    assert not health.is_failing
    assert health.is_paused(NOW + timedelta(seconds=17))
    assert not health.is_paused(NOW + timedelta(seconds=18))
    health.throttle(NOW, 599.0)
    assert not health.is_failing
    health.throttle(NOW, 0.0)
    assert health.paused_until == NOW + timedelta(minutes=1), "not every second without end"
    assert health.is_failing, "it says so again and again"
    health.record_accepted("ann")
    health.throttle(NOW, 1.0)
    assert not health.is_failing
    health.throttle(NOW, 1e9)
    assert health.paused_until == NOW + timedelta(hours=1)
    assert health.is_failing, "its readers wait for long"


_NUMBERS, _NAMES = st.frozensets(st.integers(1, 9)).map(set), st.frozensets(st.text(max_size=3)).map(set)


@given(
    st.builds(
        AccountHealth,
        is_failing=st.booleans(),
        is_shared=st.booleans(),
        paused_until=st.none() | st.datetimes(timezones=st.just(UTC)),
        postponed=_NAMES,
        on_last_try=_NAMES,
        counted=st.lists(st.builds(AccountRefusal, st.integers(1, 9), st.text(max_size=3), st.text(max_size=3))),
        suspects=st.builds(Suspects, _NUMBERS, st.integers(0, 5), _NUMBERS, _NUMBERS, _NUMBERS),
        is_refused=st.booleans(),
    )
)
def test_what_is_stored_of_it_says_the_same(health: AccountHealth) -> None:
    assert AccountHealth.of_text(health.as_text(), is_shared=health.is_shared) == health


def test_what_another_version_stored_is_read_as_far_as_it_says() -> None:
    assert AccountHealth.of_text('{"unanswered": 2, "unheard_of": 1}', is_shared=True) == AccountHealth(unanswered=2)
