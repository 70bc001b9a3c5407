"""What the operator is told of incidents: when, in which words, and of many outlets in one mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.config import load
from monitor.model import Kind
from monitor.steps.incident_mails import (
    BROKEN,
    CONFIGURATION,
    DAY,
    DELIVERY,
    GATHER,
    INCIDENT_KINDS,
    PACE,
    REST,
    SILENT,
    UNREACHABLE,
    WARNINGS,
    IncidentMail,
    group_mail,
    incident_kind,
    incident_mail,
    is_ripe,
    operator_alerts,
    outlets_mail,
    ripe_groups,
    ripe_outlet_incidents,
)
from monitor.store.incident_records import Incident

NOW = datetime(2026, 11, 29, 8, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
WEBHOOK = "operator@webhook.invalid"
"""The recipient of the operator's webhook, in stored deliveries too: it must not change."""


def outlet(name: str, kind: str = BROKEN, *, opened: timedelta = GATHER, **moments: datetime) -> Incident:
    """An outlet's incident, opened so long ago."""
    return Incident(f"{kind}:{name}", kind, f"{name} does not answer", NOW - opened, **moments)


# --- when ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "wait", "rest"),
    [
        (CONFIGURATION, timedelta(), REST),
        (WARNINGS, REST, timedelta()),
        (DELIVERY, timedelta(), timedelta()),
        (BROKEN, GATHER, GATHER),
        ("a kind of another version", timedelta(), timedelta()),
    ],
)
def test_an_incident_and_its_end_wait_as_long_as_their_kind_says(kind: str, wait: timedelta, rest: timedelta) -> None:
    opened = Incident("key", kind, "text", NOW - wait)
    assert is_ripe(opened, NOW)
    assert is_ripe(opened, NOW - SECOND) is (wait == timedelta())
    closed = replace(opened, opened_at=NOW - DAY, closed_at=NOW - rest)
    assert is_ripe(closed, NOW)
    assert is_ripe(closed, NOW - SECOND) is (rest == timedelta())


def test_a_clock_set_back_delays_nothing() -> None:
    assert is_ripe(outlet("tass", opened=-SECOND), NOW)


def test_outlets_wait_for_one_another_and_go_together() -> None:
    first, second = outlet("a"), outlet("b", opened=SECOND)
    assert ripe_outlet_incidents([second], [], NOW) == []
    assert ripe_outlet_incidents([outlet("c", opened=timedelta())], [], NOW) == []
    assert ripe_outlet_incidents([first, second], [], NOW) == [first, second]


@pytest.mark.parametrize("which", ["told_at", "recovery_told_at"])
def test_two_mails_about_outlets_are_a_quarter_of_an_hour_apart(which: str) -> None:
    for ago, is_quiet in ((PACE - SECOND, True), (PACE, False)):
        told = outlet("other", **{which: NOW - ago})
        assert (ripe_outlet_incidents([outlet("a")], [told], NOW) == []) is is_quiet


def test_an_outlet_is_told_of_once_a_day() -> None:
    again, other = outlet("a"), outlet("b")
    assert ripe_outlet_incidents([again, other], [outlet("a", told_at=NOW - DAY + SECOND)], NOW) == [other]
    assert ripe_outlet_incidents([again, other], [outlet("a", told_at=NOW - DAY)], NOW) == [again, other]


def test_an_end_is_not_told_while_the_outlet_has_an_incident_again() -> None:
    over = outlet("a", opened=DAY, closed_at=NOW - GATHER, told_at=NOW - timedelta(hours=20))
    assert ripe_outlet_incidents([over], [over], NOW) == [over]
    assert ripe_outlet_incidents([over, outlet("a", opened=SECOND)], [over], NOW) == []


# --- in which words ------------------------------------------------------------------------------------------


def test_an_incident_and_its_end_are_one_thread() -> None:
    opened = Incident("configuration", CONFIGURATION, "rules.yaml: wrong", NOW)
    began = incident_mail(opened)
    assert began == IncidentMail(
        "trouble:configuration:2026-11-29T08:30Z",
        "Trouble: configuration",
        "rules.yaml: wrong\n\nNoticed at 2026-11-29 08:30 UTC. `monitor status` shows how things stand.",
    )
    assert incident_mail(replace(opened, closed_at=NOW + DAY)) == IncidentMail(
        began.thread,
        "Recovered: configuration",
        "The configuration is good again.\n\n"
        "Noticed at 2026-11-29 08:30 UTC, over at 2026-11-30 08:30 UTC:\nrules.yaml: wrong",
        sequence=1,
    )


def address(name: str, opened: timedelta, closed: datetime | None = None, kind: str = "telegram") -> Incident:
    return Incident(
        f"account:{name} by {kind}", kind, f"nothing can be posted to {name}", NOW - opened, closed_at=closed
    )


def test_addresses_of_one_channel_that_fail_together_are_told_in_one_mail() -> None:
    old, soon = UNREACHABLE, UNREACHABLE - GATHER
    together, later = [address("ann", old), address("bob", soon)], address("cat", soon - SECOND)
    other, single = address("ann", old, kind="slack"), Incident("x", DELIVERY, "x", NOW)
    untold = [*together, later, other, single]
    assert ripe_groups(untold, NOW) == [together, [other], [single]]
    assert ripe_groups([together[1], later], NOW) == []
    mail = group_mail(together, NOW)
    assert mail.subject == "Trouble: telegram (2 addresses)"
    assert all(one.text in mail.text for one in together)
    assert group_mail([single], NOW) == incident_mail(single)


def test_so_are_their_ends() -> None:
    ends = [address("ann", DAY, NOW - GATHER), address("bob", DAY, NOW)]
    assert ripe_groups([*ends, address("cat", DAY)], NOW) == [ends, [address("cat", DAY)]]
    assert ripe_groups(ends[1:], NOW) == []
    mail = group_mail(ends, NOW)
    assert mail.subject == "Recovered: telegram (2 addresses)"
    assert "ann by telegram: since 2026-11-29" in mail.text
    assert mail.thread != group_mail([address("cat", DAY), address("dan", DAY)], NOW).thread


def test_warnings_are_no_trouble() -> None:
    assert incident_mail(Incident("w", WARNINGS, "x", NOW)).subject == "Look at: configuration warnings"


def test_every_kind_reads_as_a_sentence() -> None:
    for kind in INCIDENT_KINDS:
        assert incident_mail(Incident("k", kind, "x", NOW, closed_at=NOW)).text.startswith(
            f"{incident_kind(kind).over[:1].upper()}{incident_kind(kind).over[1:]}.\n"
        )


def test_one_mail_tells_of_several_outlets() -> None:
    over = outlet("gone", opened=DAY, closed_at=NOW - GATHER)
    mail = outlets_mail([outlet("a"), outlet("b", SILENT), over], NOW)
    assert mail.thread == "troubles:outlets:2026-11-29T08:30Z"
    assert mail.subject == "Trouble: 2 outlets; Recovered: broken outlet gone"
    assert mail.text == (
        "These outlets cannot be read:\na does not answer\n\n"
        "These outlets are silent against their habit:\nb does not answer\n\n"
        "These outlets are well again:\n"
        "gone: it is read again since 2026-11-29 08:28 UTC (noticed 2026-11-28 08:30 UTC: gone does not answer)\n\n"
        "`monitor status --all` shows how each stands. An outlet is told of once a day at most."
    )


def test_a_mail_of_ends_alone_speaks_of_no_trouble() -> None:
    over = outlet("gone", opened=DAY, closed_at=NOW - GATHER)
    mail = outlets_mail([over], NOW)
    assert mail.subject == "Recovered: broken outlet gone"
    assert mail.text.startswith("These outlets are well again:\ngone: ")


def test_a_subject_names_one_outlet_or_counts_those_of_a_kind() -> None:
    assert outlets_mail([outlet("a")], NOW).subject == "Trouble: broken outlet a"
    assert outlets_mail([outlet("a", SILENT), outlet("b", SILENT)], NOW).subject == "Trouble: 2 silent outlets"


@pytest.mark.parametrize(("count", "end"), [(50, "o49 does not answer"), (51, "… and 1 more")])
def test_a_mail_lists_fifty_outlets(count: int, end: str) -> None:
    text = outlets_mail([outlet(f"o{number}") for number in range(count)], NOW).text
    assert text.split("\n\n")[0].splitlines()[-1] == end


# --- to whom -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operator", "by_mail", "recipients"),
    [
        ("to: [it@example.org, chief@example.org]", True, ["it@example.org", "chief@example.org"]),
        ("to: it@example.org, webhook: https://hook.test/", True, [WEBHOOK, "it@example.org"]),
        ("to: it@example.org, webhook: https://hook.test/", False, [WEBHOOK]),
        # Without a webhook, mail is the only way, however badly it goes.
        ("to: it@example.org", False, ["it@example.org"]),
    ],
)
def test_every_address_of_the_operator_and_the_webhook_are_told(
    tmp_path: Path, operator: str, by_mail: bool, recipients: list[str]
) -> None:
    files = {
        "monitor.yaml": f"timezone: Europe/Kyiv\noperator: {{{operator}}}\n",
        "outlets.yaml": "outlets: [https://news.test/rss]\n",
        "rules.yaml": "rules: [{name: x, to: desk@example.org, query: harbour}]\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = load(tmp_path, data=tmp_path)
    assert found.config is not None, found.problems
    mail = IncidentMail("thread", "subject", "text", 1)
    told = operator_alerts(mail, found.config.settings, NOW, by_mail=by_mail)
    assert [alert.recipient for alert in told] == recipients
    for alert in told:
        assert alert.channel == ("webhook" if alert.recipient == WEBHOOK else "maildir")
        assert (alert.thread, alert.sequence, alert.kind, alert.due) == ("thread", 1, Kind.NOTICE, NOW)
        assert (alert.subject, alert.text, alert.timezone) == ("subject", "text", "Europe/Kyiv")
