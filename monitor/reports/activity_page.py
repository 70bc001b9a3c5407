"""Lay out an activity report as one page of HTML that loads nothing, with its charts drawn in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from monitor.reports import activity_words
from monitor.reports.activity import ActivityReport
from monitor.steps.backtest import Bar, unwatched_text, without_unwatched_rows
from monitor.text import counted, when

if TYPE_CHECKING:
    from jinja2 import Environment

_LEAST_HEIGHT = 1.0
"""A day with articles is seen, however few they are beside the most."""


class DrawnBar(NamedTuple):
    """A bar of a chart, in units of the chart with its top at 0, and what it says; none where nobody watched."""

    x: float
    y: float
    width: float
    height: float
    label: str
    is_watched: bool


class DrawnDay(NamedTuple):
    """A day, or a week by its first day, with its articles and how long its bar is beside the longest.

    `unwatched` says of how many days it stands for, on which nobody watched; it is empty for all others.
    """

    day: str
    articles: str
    percent: float
    unwatched: str


def activity_page(report: ActivityReport) -> str:
    """Return the page of a report."""
    return _templates().get_template("activity.html").render(report=report, summary=activity_words.summary(report))


def drawn_bars(bars: Sequence[Bar], width: float, height: float) -> list[DrawnBar]:
    """Return the bars of a chart of this size; the highest fills it. A short week counts by its articles a day."""
    rates = [bar.count / bar.days for bar in bars]
    most, step = max(rates, default=0) or 1, width / max(1, len(bars))
    drawn = []
    for number, (bar, rate) in enumerate(zip(bars, rates, strict=True)):
        tall = max(_LEAST_HEIGHT, rate / most * height) if bar.count else 0.0
        span = f"{bar.day:%a %Y-%m-%d}" + (f" and {counted(bar.days - 1, 'more day')}" if bar.days > 1 else "")
        # A sixth of the step is left between two bars.
        place = round(number * step, 2), round(height - tall, 2), round(step * 5 / 6, 2), round(tall, 2)
        drawn.append(DrawnBar(*place, f"{span}: {bar.count:,}", bar.is_watched))
    return drawn


def drawn_days(bars: Sequence[Bar]) -> list[DrawnDay]:
    """Return the days of a chart with a line for each, where each bar has room for its date and number."""
    shown = without_unwatched_rows(bars)
    return [
        DrawnDay(f"{bar.day:%a %Y-%m-%d}", f"{bar.count:,}", one.height, "")
        if bar.is_watched
        else DrawnDay(f"{bar.day:%a %Y-%m-%d}", activity_words.NOTHING, 0.0, unwatched_text(bar))
        for bar, one in zip(shown, drawn_bars(shown, 1, 100), strict=True)
    ]


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("monitor.reports"),
        autoescape=True,
        # A misspelt name in the template is an error and not an empty place in the page.
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    words = activity_words
    figures = (words.duration, words.percent, words.rate, words.outlet_rate, words.bar_lengths)
    told = (words.gaps, words.gap_span, words.gap_outcome, words.untold_gaps, words.trouble)
    for filter_ in (*figures, *told, drawn_bars, drawn_days, when):
        environment.filters[filter_.__name__] = filter_
    return environment
