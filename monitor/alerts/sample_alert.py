"""Build the sample alert that `monitor mail test` and `monitor channels test` send."""

from __future__ import annotations

from datetime import datetime

from monitor.alerts.alert_content import AlertContent
from monitor.alerts.planning import stamp
from monitor.model import Alert, Article, Item, Kind, Match, Outlet, Span

TITLE = "A specimen: this is how the Istanbul talks would reach you"
BODY = (
    "This is a test message that you asked your monitor for, not news of the Istanbul talks: "
    "the sentence in which a rule found something is quoted like this one. "
    "Other languages come as they are, and «Стамбульские переговоры» is marked in the same way."
)
TERMS = ("Istanbul talks", "Стамбульские переговоры")


def sample_alert(sender: str, recipient: str, now: datetime, timezone: str = "UTC") -> AlertContent:
    """Return the content of a message that looks like a real alert and says that it is a test."""
    article = Article("specimen", "https://example.org/specimen", TITLE, body=BODY, language="en", published=now)
    title = TITLE.index(TERMS[0])
    spans = [Span("title", title, title + len(TERMS[0]), TERMS[0])]
    spans += [Span("body", BODY.index(term), BODY.index(term) + len(term), TERMS[0]) for term in TERMS]
    item = Item(0, 0, (Match("Istanbul talks", tuple(spans)),))
    alert = Alert(recipient, f"specimen:{stamp(now)}", 0, Kind.ALERT, now, (item,), timezone=timezone)
    return AlertContent(alert, sender, now, {0: article}, {"specimen": Outlet("specimen", "Specimen", ())})
