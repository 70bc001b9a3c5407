"""Whose a refusal is, by what other readers' mails came to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.alerts import AccountHealth
from monitor.alerts.account_trouble import AccountRefusal

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
def test_three_readers_alike_are_trouble_of_the_account(answers: list[str], certain: bool) -> None:
    assert bool(AccountHealth().alike(refusals(*answers))) == certain


def test_one_reader_three_times_is_no_three_readers() -> None:
    assert AccountHealth().alike([AccountRefusal(number, "a@example.org", UNCLEAR) for number in range(3)]) == []


def test_what_was_held_against_readers_before_counts() -> None:
    first, second, third = refusals(*[UNCLEAR] * 3)
    account = AccountHealth(charged=[first, second])
    assert account.alike([third]) == [first, second, third]
    account.took("d@example.org")
    assert account.alike([third]) == []


def test_a_bad_mailbox_is_never_ours() -> None:
    account = AccountHealth()
    assert [account.may_be_ours(one) for one in refusals(THEIRS, OURS, UNCLEAR)] == [False, True, True]


def test_who_is_refused_again_after_others_were_taken_is_refused_for_his_own_sake() -> None:
    (refusal,) = refusals(OURS)
    account = AccountHealth()
    account.rest(NOW, OURS, [refusal.recipient])
    assert account.may_be_ours(refusal)
    account.took("other@example.org")
    assert not account.may_be_ours(refusal)
    account.took(refusal.recipient)
    assert account.may_be_ours(refusal)


def test_it_rests_longer_while_it_refuses_us_and_not_while_it_is_away() -> None:
    account = AccountHealth()
    for answer, minutes in (("535 no", 1), ("535 no", 2), ("535 no", 4), ("Connection lost", 1), ("535 no", 1)):
        account.rest(NOW, answer)
        assert account.until == NOW + timedelta(minutes=minutes)
        assert account.in_trouble
    account.rest(NOW, "535 no")
    account.wake()
    assert not account.rests(NOW)
    assert account.in_trouble
    account.took("a@example.org")
    assert not account.in_trouble


def test_trouble_takes_back_what_was_held_against_readers() -> None:
    ours, same, other, last = refusals(OURS, UNCLEAR, "554 5.0.0 never", UNCLEAR)
    account = AccountHealth(charged=[ours, same, other])
    assert account.wrongly_charged([last]) == [ours, same]
    assert account.wrongly_charged([]) == [], "it was merely not there"
