"""Read the pages of addresses now, and report what each holds, what rules say of it, and what is stored otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urljoin

from monitor.config import Config
from monitor.config.new_outlets import with_place
from monitor.errors import FetchError, ParseError
from monitor.fetching import with_credentials
from monitor.hostnames import host_of
from monitor.model import Article
from monitor.page_values import ArticlePage
from monitor.reports.absence_reasons import AbsenceReason, by_likelihood
from monitor.reports.explanation import FetchedArticle, KnownArticle, RuleOutcome, UnknownArticle, rule_outcome
from monitor.reports.rule_judge import RuleJudge
from monitor.reports.unknown_address import address_of
from monitor.sources import is_front_page, preview_of
from monitor.steps.extract_page import page_of
from monitor.steps.fetch_article import ArticleJob, article_of
from monitor.steps.outlet_visits import OutletVisits
from monitor.store import Connection, article_queries, article_texts
from monitor.text import clean, counted
from monitor.text.article_changes import FieldChange, field_changes
from monitor.text.word_diff import Change

_FRONT_PAGE = "it is a front page with many articles: what a rule finds there may stand in any of them"

_UNDATED = "when it was published, which its page does not say"

Explained = KnownArticle | UnknownArticle


def stored_pages(conn: Connection, found: Sequence[Explained]) -> dict[int, Article]:
    """Return by id what is stored of those of these that are known: their pages, where read, else what feeds say."""
    ids = [one.id for one in found if isinstance(one, KnownArticle)]
    read = article_texts.read_pages(conn, ids)
    pages = {id_: one.page for id_, one in read.items()}
    return {
        id_: one.article._replace(lead="", title=pages[id_].facts.title or one.article.title, body=pages[id_].text)
        if id_ in pages
        else one.article
        for id_, one in article_queries.get(conn, ids).items()
    }


async def with_pages(
    visits: OutletVisits,
    config: Config,
    found: Sequence[Explained],
    rules: Sequence[str] | None,
    stored: Mapping[int, Article],
) -> list[Explained]:
    """Return the records with what stands at their addresses now, as far as they are any; one after the other.

    Of known articles those are read that are among the `stored` ones, with which they are compared. `rules` are those
    that are asked of the articles (None: all that are active).
    """
    judge = RuleJudge(config)
    asked = sorted(config.compiled) if rules is None else rules
    explained: list[Explained] = []
    for one in found:
        if isinstance(one, KnownArticle) and one.id in stored and address_of(one.url):
            page, article = await _fetch(visits, judge, one.url, one.outlet, asked)
            differences = _differences(one, stored[one.id], page, article) if article else ()
            explained.append(replace(one, fetched=replace(page, differences=differences)))
        elif isinstance(one, UnknownArticle) and address_of(one.url):
            page, _ = await _fetch(visits, judge, one.url, one.watched[0].outlet if one.watched else "", asked)
            explained.append(replace(_ranked(one, page), page=page))
        else:
            explained.append(one)
    return explained


def _differences(known: KnownArticle, stored: Article, page: FetchedArticle, article: Article) -> tuple[str, ...]:
    """Return what a page says now otherwise than what is stored of it, in a few words."""
    changes = () if known.judged == "removed" else field_changes(stored, article)
    words = (f"its {change.field} ({_count(change)})" for change in changes)
    found = {rule.rule: rule.matches for rule in known.rules}
    rules = (rule for rule in page.rules if rule.matches != found.get(rule.rule, rule.matches))
    return *words, *(f"{one.rule} {'finds it only now' if one.matches else 'finds it no more'}" for one in rules)


def _count(change: FieldChange) -> str:
    counts = {kind: sum(len(part.text.split()) for part in change.parts if part.change is kind) for kind in Change}
    return f"{counted(counts[Change.ADDED], 'word')} more, {counts[Change.REMOVED]:,} gone"


def _ranked(missing: UnknownArticle, page: FetchedArticle) -> UnknownArticle:
    """Return an unknown article with the reasons first that hold for what was published when its page says."""
    if page.published is None:
        return replace(missing, decides=_UNDATED if missing.decides else "")
    reasons = map(AbsenceReason, missing.why, missing.why_when)
    ranked = by_likelihood(list(reasons), (page.published, page.published))
    return replace(
        missing,
        why=tuple(reason.text for reason in ranked),
        why_when=tuple(reason.span for reason in ranked),
        decides="",
    )


async def _fetch(
    visits: OutletVisits, judge: RuleJudge, text: str, name: str, rules: Sequence[str]
) -> tuple[FetchedArticle, Article | None]:
    """Read a page as the outlet of this name is asked, if one is watched; return it, and its article if it has one."""
    url = address_of(text)
    outlet = judge.config.outlets.get(name)
    visits = visits.of(outlet.name) if outlet else visits
    try:
        preview, post = preview_of(url)
        feeds = [feed.url for feed in outlet.feeds] if outlet else []
        page = await visits.get(preview or with_credentials(url, feeds), "page")
        named, language = (outlet.name, outlet.language) if outlet else (host_of(url), "")
        job = ArticleJob(page, named, language, outlet.article if outlet else (), post)
        (answer,) = await visits.access.parse_workers.run([job])
        read = page_of(answer)
        if isinstance(read, Exception):
            raise read
    except (FetchError, ParseError) as error:
        return FetchedArticle(url=clean(url), error=clean(with_place(judge.config, visits.outlet, str(error)))), None
    article = article_of(job, read, visits.now)
    outcomes = tuple(rule_outcome(one) for one in judge.verdicts(article, rules, {}, visits.now))
    return _fetched(article, read, outcomes), article


def _fetched(article: Article, read: ArticlePage, rules: tuple[RuleOutcome, ...]) -> FetchedArticle:
    return FetchedArticle(
        url=clean(article.url),
        title=clean(article.title),
        language=article.language,
        authors=tuple(map(clean, article.authors)),
        published=article.published,
        words=len(article.body.split()),
        picture=clean(read.facts.picture),
        selected=read.selected,
        missed=read.missed,
        note=_FRONT_PAGE if is_front_page(article.url, urljoin(article.url, "/")) else "",
        rules=rules,
    )
