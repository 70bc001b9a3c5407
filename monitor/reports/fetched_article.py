"""Read the pages of unknown addresses now, and report what each holds and what the rules say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.config import Config
from monitor.errors import FetchError, ParseError
from monitor.fetching import with_credentials
from monitor.hostnames import host_of
from monitor.reports.article_history import rule_verdicts
from monitor.reports.explanation import FetchedArticle, KnownArticle, UnknownArticle, rule_outcome
from monitor.reports.unknown_address import address_of
from monitor.steps.extract_page import page_of
from monitor.steps.fetch_article import ArticleJob, article_of
from monitor.steps.outlet_visits import OutletVisits
from monitor.text import clean

Explained = KnownArticle | UnknownArticle


async def with_pages(
    visits: OutletVisits, config: Config, found: Sequence[Explained], rules: Sequence[str] | None
) -> list[Explained]:
    """Return the records with what stands at the unknown addresses now, as far as they are any; one after the other.

    `rules` are those that are asked of the articles (None: all that are active).
    """
    asked = sorted(config.compiled) if rules is None else rules
    explained: list[Explained] = []
    for one in found:
        if isinstance(one, UnknownArticle) and address_of(one.url):
            explained.append(replace(one, page=await _fetch(visits, config, one, asked)))
        else:
            explained.append(one)
    return explained


async def _fetch(visits: OutletVisits, config: Config, missing: UnknownArticle, rules: Sequence[str]) -> FetchedArticle:
    """Read a page as its outlet is asked, where one of its site is watched."""
    url = address_of(missing.url)
    outlet = config.outlets.get(missing.watched[0].outlet) if missing.watched else None
    visits = visits.of(outlet.name) if outlet else visits
    try:
        page = await visits.get(with_credentials(url, (feed.url for feed in outlet.feeds) if outlet else ()), "page")
        name, language = (outlet.name, outlet.language) if outlet else (host_of(url), "")
        job = ArticleJob(page, name, language, outlet.article if outlet else ())
        (answer,) = await visits.access.parse_workers.run([job])
        read = page_of(answer)
        if isinstance(read, Exception):
            raise read
    except (FetchError, ParseError) as error:
        return FetchedArticle(url=clean(url), error=clean(str(error)))
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
        rules=tuple(rule_outcome(one) for one in rule_verdicts(config, article, rules, {}, visits.now)),
    )
