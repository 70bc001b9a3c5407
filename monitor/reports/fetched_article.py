"""Read the pages of unknown addresses now, and report what each holds and what the rules say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urljoin

from monitor.config import Config
from monitor.config.new_outlets import with_place
from monitor.errors import FetchError, ParseError
from monitor.fetching import with_credentials
from monitor.hostnames import host_of
from monitor.reports.absence_reasons import next_poll
from monitor.reports.explanation import FetchedArticle, KnownArticle, UnknownArticle, rule_outcome
from monitor.reports.rule_judge import RuleJudge
from monitor.reports.unknown_address import address_of
from monitor.sources import is_front_page, preview_of
from monitor.steps.extract_page import page_of
from monitor.steps.fetch_article import ArticleJob, article_of
from monitor.steps.outlet_visits import OutletVisits
from monitor.text import clean

_FRONT_PAGE = "it is a front page with many articles: what a rule finds there may stand in any of them"

Explained = KnownArticle | UnknownArticle


async def with_pages(
    visits: OutletVisits, config: Config, found: Sequence[Explained], rules: Sequence[str] | None
) -> list[Explained]:
    """Return the records with what stands at the unknown addresses now, as far as they are any; one after the other.

    `rules` are those that are asked of the articles (None: all that are active).
    """
    judge = RuleJudge(config)
    asked = sorted(config.compiled) if rules is None else rules
    explained: list[Explained] = []
    for one in found:
        if isinstance(one, UnknownArticle) and address_of(one.url):
            page = await _fetch(visits, judge, one, asked)
            explained.append(replace(one, page=page, why=_why(one, page)))
        else:
            explained.append(one)
    return explained


def _why(missing: UnknownArticle, page: FetchedArticle) -> tuple[str, ...]:
    """Return why an address is unknown by what its page says: where no feed was read since, that comes first."""
    read = [(feed.last_read, feed) for feed in missing.watched if feed.last_read and not feed.failures]
    if not read or page.published is None or page.published <= max(last for last, _ in read):
        return missing.why
    last, soonest = min(read, key=lambda one: one[1].due_at)
    later = next_poll(soonest.outlet, last, soonest.due_at)
    return later, *(reason for reason in missing.why if reason != later)


async def _fetch(
    visits: OutletVisits, judge: RuleJudge, missing: UnknownArticle, rules: Sequence[str]
) -> FetchedArticle:
    """Read a page as its outlet is asked, where one of its site is watched."""
    url = address_of(missing.url)
    outlets = judge.config.outlets
    outlet = outlets.get(missing.watched[0].outlet) if missing.watched else None
    visits = visits.of(outlet.name) if outlet else visits
    try:
        preview, post = preview_of(url)
        feeds = [feed.url for feed in outlet.feeds] if outlet else []
        page = await visits.get(preview or with_credentials(url, feeds), "page")
        name, language = (outlet.name, outlet.language) if outlet else (host_of(url), "")
        job = ArticleJob(page, name, language, outlet.article if outlet else (), post)
        (answer,) = await visits.access.parse_workers.run([job])
        read = page_of(answer)
        if isinstance(read, Exception):
            raise read
    except (FetchError, ParseError) as error:
        return FetchedArticle(url=clean(url), error=clean(with_place(judge.config, visits.outlet, str(error))))
    article = article_of(job, read, visits.now)
    return FetchedArticle(
        url=clean(article.url),
        title=clean(article.title),
        language=article.language,
        published=article.published,
        words=len(article.body.split()),
        picture=clean(read.facts.picture),
        selected=read.selected,
        missed=read.missed,
        note=_FRONT_PAGE if is_front_page(article.url, urljoin(article.url, "/")) else "",
        rules=tuple(rule_outcome(one) for one in judge.verdicts(article, rules, {}, visits.now)),
    )
