"""Build the sample alert that `monitor mail test` and `monitor channels test` send, and samples to try templates by."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.alert_view import View
from monitor.alerts.alert_content import view_of
from monitor.alerts.digest_figures import DAYS, DigestFigures, FeedReading
from monitor.alerts.message_content import AlertContent
from monitor.alerts.planning import stamp
from monitor.model import Alert, Article, Item, Kind, Match, Outlet, Span
from monitor.story_values import StoryNews

TITLE = "A specimen: this is how the Istanbul talks would reach you"
BODY = (
    "This is a test message that you asked your monitor for, not news of the Istanbul talks: "
    "the sentence in which a rule found something is quoted like this one. "
    "Other languages come as they are, and «Стамбульские переговоры» is marked in the same way."
)
SPECIMEN = "A specimen"
"""With what the title of every sample begins."""
MARKUP = '<i class="specimen'
"""What stands in the titles of samples to try templates by, and must not become markup."""
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


def sample_views() -> tuple[View, ...]:
    """Return a sample of each layout, with all that a template has to show, and with markup in its titles."""
    now, hour = datetime(2026, 11, 23, 11, 5, tzinfo=UTC), timedelta(hours=1)
    alone = sample_alert("monitor@example.org", "reader@example.org", now)
    titled = alone.articles[0]._replace(title=f'{TITLE} {MARKUP}">')
    edited = titled._replace(body=f"Before. {BODY}")
    more = replace(alone.alert.items[0], article_id=1, story_id=1, edit_of=1, develops=True, version=2)
    digest = replace(alone.alert, kind=Kind.DIGEST, thread="digest:specimen", items=(*alone.alert.items, more))
    notice = replace(alone.alert, kind=Kind.NOTICE, items=(), subject=f'{SPECIMEN} {MARKUP}">', text="One.\n\nTwo.")
    figures = DigestFigures(
        {"Istanbul talks": tuple(range(DAYS))}, [FeedReading("specimen", 3, hour, now - hour)], {"Istanbul talks": 7}
    )
    copies = {0: [edited._replace(outlet=f"outlet {number}") for number in range(12)]}
    held = replace(
        alone,
        articles={0: titled, 1: edited},
        before={1: titled},
        news={1: StoryNews(("12 delegates", "Istanbul"), f'They came to Istanbul {MARKUP}">.')},
        copies=copies,
        queries={"Istanbul talks": '"Istanbul talks"'},
        operator=("operator@example.org",),
    )
    contents = (held, replace(held, alert=digest, figures=figures), replace(alone, alert=notice))
    return tuple(map(view_of, contents))
