"""Define every table and column.

No foreign keys: identities and delivery items outlive their articles on purpose, and every insert would pay for them.
No sequences: ids come from `counters`, so that they come in blocks, are never used twice, and travel with a copy.
"""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store.column_types import Duration, Id, Instant
from monitor.store.columns import Column, metadata
from monitor.store.columns import id_column as _id
from monitor.store.columns import key_column as _key
from monitor.store.columns import moment_column as _moment
from monitor.store.columns import number_column as _number
from monitor.store.columns import plain_table as _table
from monitor.store.columns import text_column as _text

__all__ = ["Column", "derived", "metadata"]

counters = _table("counters", _key("name", sa.Text), _id("value"))

meta = _table("meta", _key("key", sa.Text), _text("value"))

files = _table("files", _key("path", sa.Text), _text("text"), _moment("at", needed=True))

# --- outlets -------------------------------------------------------------------------------------------------

feeds = _table(
    "feeds",
    _key("id", Id),
    sa.Column("url", sa.Text, nullable=False, unique=True),
    _text("outlet"),
    _text("kind"),
    _text("host"),
    sa.Column("active", sa.Boolean, nullable=False),
    _moment("due_at", needed=True),
    _moment("lease_until"),
    sa.Column("token", sa.Text),
    _text("etag"),
    _text("last_modified"),
    sa.Column("body_hash", sa.LargeBinary, nullable=False),
    _moment("last_full_at"),
    sa.Column("interval", Duration(), nullable=False),
    _number("failures"),
    _moment("last_poll_at"),
    _moment("last_ok_at"),
    _moment("last_new_at"),
    _text("last_error"),
    _text("health"),
    sa.Column("moved_to", sa.Text),
    sa.Column("batch_id", sa.Text),
    _moment("newest_published_at"),
    sa.Column("unconditional", sa.Boolean, nullable=False, server_default=sa.false()),
    _text("notes"),
    _text("known_sitemaps"),
    *map(_number, ("clock_ahead", "polls_today", "gap_tries")),
    _text("clock_samples"),
    _text("rhythm"),
    _text("due_because"),
    *map(_text, ("update_hints", "amounts", "shrunken", "known_as")),
    _moment("gap_again_at"),
)
# For claims, which look for the longest due feeds of all hosts.
sa.Index("feeds_due", feeds.c.active, feeds.c.due_at)
# For `host_leases.free_idle`: is claimed work left at this host?
sa.Index("feeds_leased", feeds.c.token, feeds.c.host)
# For `outlet_names`, which asks for the few that were renamed.
sa.Index("feeds_known_as", feeds.c.known_as, feeds.c.outlet)
# For `host_claims`, which hands out the longest due feeds of each leased host.
sa.Index("feeds_of_host", feeds.c.host, feeds.c.due_at)

gaps = _table(
    "gaps",
    _key("feed_id", Id),
    _key("from_at", Instant()),
    _moment("to_at", needed=True),
    _moment("noticed_at", needed=True),
    _moment("filled_at"),
    # What filled it, or why nothing did.
    _text("note"),
)

# The sitemap of its site that fills a feed's gaps, empty where none was found.
_searches = [_moment(name, needed=True) for name in ("searched_at", "read_at")]
gap_sitemaps = _table("gap_sitemaps", _key("feed_id", Id), _text("url"), *_searches)

# --- articles ------------------------------------------------------------------------------------------------


def _article_columns() -> list[Column]:
    """Return the columns of one article version, the same in both tables of versions."""
    names = ("url", "title", "lead", "body", "language", "authors", "tags", "published_text")
    texts = [_text(name) for name in names]
    # `claimed_at` is when the feed says that it was published, where that is another moment than `published_at`.
    moments = [_moment(name) for name in ("published_at", "updated_at", "claimed_at")]
    # The feed that showed it: 0 is the page of the article, NULL the version of an older monitor.
    seen = _moment("version_at", needed=True)
    return [*texts, *moments, seen, sa.Column("digest", sa.LargeBinary, nullable=False), sa.Column("feed_id", Id)]


# `seen_at` is when the article was first seen, `version_at` when its present version was; `stated` is its key by the id
# that its feed stated then.
articles = _table(
    "articles",
    _key("id", Id),
    _text("outlet"),
    *_article_columns(),
    _moment("seen_at", needed=True),
    _number("version", 1),
    _id("story_id"),
    sa.Column("stated", sa.LargeBinary),
)
# For reading the past page by page, and for the deletion of what is old.
sa.Index("articles_seen", articles.c.seen_at, articles.c.id)
# A mail names the other articles of its stories, and a merged story takes its articles along.
sa.Index("articles_story", articles.c.story_id)

article_versions = _table("article_versions", _key("article_id", Id), _key("version", sa.Integer), *_article_columns())

# What the feed and the page of an article say, where its page was read: the body of its current version is both.
article_texts = _table("article_texts", _key("article_id", Id), _key("source", sa.Text), _text("text"))

# When the page of an article that a rule found is read again, and since when a page is gone.
article_pages = _table("article_pages", _key("article_id", Id), _moment("recheck_at"), _moment("gone_at"))
sa.Index("article_pages_recheck", article_pages.c.recheck_at)

identities = _table(
    "identities",
    _key("key", sa.LargeBinary),
    _id("article_id"),
    sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false()),
    by_key=True,
)

# A story has the id of its first article; of one that was merged into another only the row remains.
stories = _table("stories", _key("id", Id), sa.Column("merged_into", Id))
sa.Index(
    "stories_merged",
    stories.c.merged_into,
    sqlite_where=stories.c.merged_into.is_not(None),
    postgresql_where=stories.c.merged_into.is_not(None),
)

story_keys = _table("story_keys", _key("key", sa.LargeBinary), _id("story_id"), by_key=True)
# For stories that merge or end, which take their keys along.
sa.Index("story_keys_story", story_keys.c.story_id)

# Why an article is of a story that another one began.
story_links = _table(
    "story_links",
    _key("article_id", Id),
    _id("of_article_id"),
    _text("relation"),
    sa.Column("score", sa.Float, nullable=False),
    _text("why"),
)

# The signatures of the texts of some days, and the bands by which each is found; `at` is when it was published.
text_signatures = _table(
    "text_signatures",
    _key("article_id", Id),
    _moment("at", needed=True),
    sa.Column("signature", sa.LargeBinary, nullable=False),
)
sa.Index("text_signatures_at", text_signatures.c.at)
text_bands = _table("text_bands", _key("band", sa.BigInteger), _key("article_id", Id), by_key=True)

sightings = _table(
    "sightings",
    _key("article_id", Id),
    _key("feed_id", Id),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    _moment("first_seen_at", needed=True),
    _moment("last_changed_at", needed=True),
    by_key=True,
)

matches = _table(
    "matches",
    _key("article_id", Id),
    _key("version", sa.Integer),
    _key("rule", sa.Text),
    _text("spans"),
    _moment("at", needed=True),
)
sa.Index("matches_rule", matches.c.rule, matches.c.at)

# Articles whose page is to be read, `awaited` by rules or not; a row is deleted once the article was judged with it.
fulltext_requests = _table(
    "fulltext_requests",
    _key("article_id", Id),
    _moment("due_at", needed=True),
    _moment("until", needed=True),
    _number("attempts"),
    _moment("lease_until"),
    sa.Column("token", sa.Text),
    _text("batch_id"),
    sa.Column("late", sa.Boolean, nullable=False, server_default=sa.false()),
    _text("host"),
    sa.Column("awaited", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("feed_id", Id, nullable=False, server_default="0"),
    _number("edit_of"),
)
# For claims, which look for the longest due pages of both kinds.
sa.Index("fulltext_requests_due", fulltext_requests.c.awaited, fulltext_requests.c.due_at)
sa.Index("fulltext_requests_leased", fulltext_requests.c.token)

# What the latest pages behind a feed's articles gave, for outlets that leave it to us whether they are read.
page_yields = _table(
    "page_yields",
    _key("feed_id", Id),
    _number("fruitless"),
    _text("reason"),
    _number("length"),
    _moment("requested_at"),
    _moment("blocked_since"),
    _moment("probe_at"),
    *map(_text, ("lengths", "shrunken", "latest")),
)

# What is read of the past of feeds, page by page: the addresses that are `pending`, one a line, and short digests of
# all that were found.
backfills = _table(
    "backfills",
    _key("feed_id", Id),
    _moment("since", needed=True),
    _moment("asked_at", needed=True),
    _moment("due_at", needed=True),
    _text("pending"),
    _text("seen"),
    _number("pages"),
    _number("articles"),
    _number("undated"),
    _number("attempts"),
    _text("note"),
    _moment("finished_at"),
    sa.Column("alerts", sa.Boolean, nullable=False, server_default=sa.false()),
    _moment("polled_from"),
)

# --- deliveries ----------------------------------------------------------------------------------------------

deliveries = _table(
    "deliveries",
    _key("id", Id),
    _text("recipient"),
    _text("thread"),
    _number("sequence"),
    _text("kind"),
    _text("channel"),
    _text("timezone"),
    _text("state"),
    _moment("due_at", needed=True),
    _moment("lease_until"),
    sa.Column("token", sa.Text),
    _number("attempts"),
    sa.Column("maybe_delivered", sa.Boolean, nullable=False),
    _moment("first_attempt_at"),
    _text("last_error"),
    _text("subject"),
    _text("text"),
    _moment("created_at", needed=True),
    _moment("finished_at"),
    _text("note"),
    _text("receipt"),
    sa.UniqueConstraint("recipient", "thread", "sequence", name="deliveries_key"),
)
# For claims of the mailer, every second.
sa.Index("deliveries_due", deliveries.c.state, deliveries.c.due_at)
# For planning: what was planned for a recipient within the hour, and his open threads.
sa.Index("deliveries_recent", deliveries.c.recipient, deliveries.c.created_at)
sa.Index("deliveries_leased", deliveries.c.token)

# Messages have their own table, since every claim rewrites the row of its delivery, which must stay short.
messages = _table(
    "messages",
    _key("delivery_id", Id),
    _text("message_id"),
    _text("sender"),
    _text("subject"),
    sa.Column("raw", sa.LargeBinary, nullable=False),
    _moment("kept_at", needed=True),
)

delivery_items = _table(
    "delivery_items",
    _key("delivery_id", Id),
    _key("article_id", Id),
    _text("recipient"),
    _id("story_id"),
    _number("version", 1),
    _text("matches"),
    _number("edit_of"),
    sa.Column("develops", sa.Boolean, nullable=False, server_default=sa.false()),
)
# For planning: who was told of a story.
sa.Index("delivery_items_told", delivery_items.c.story_id, delivery_items.c.recipient)
# For `explain`: which deliveries tell of an article.
sa.Index("delivery_items_article", delivery_items.c.article_id)

# --- the program itself --------------------------------------------------------------------------------------

incidents = _table(
    "incidents",
    _key("key", sa.Text),
    _key("opened_at", Instant()),
    _text("kind"),
    _text("text"),
    _moment("told_at"),
    _moment("closed_at"),
    _moment("recovery_told_at"),
)
# For the open incidents, which are few among all that ever were.
sa.Index("incidents_closed", incidents.c.closed_at)

uptime = _table("uptime", _key("started_at", Instant()), _moment("beat_at", needed=True), _moment("stopped_at"))

# --- the index of tokens, which a copy of the database builds anew ----------------------------------------------

derived = sa.MetaData()

search_docs = sa.Table(
    "search_docs", derived, _key("doc_id", Id), _id("article_id"), sa.Column("version", sa.Integer, nullable=False)
)
sa.Index("search_docs_article", search_docs.c.article_id)

# Articles edited since they were indexed.
search_pending = sa.Table(
    "search_pending", derived, _key("article_id", Id), sa.Column("version", sa.Integer, nullable=False)
)
