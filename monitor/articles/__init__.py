"""Turn the entries of feeds into articles: tell known ones from new, and find each one's text, dates and language."""

from monitor.articles.compose import compose
from monitor.articles.copies import WITHIN, text_signature
from monitor.articles.event_joining import join_events, tell_of_events
from monitor.articles.event_signs import event_signs
from monitor.articles.event_stories import LASTS, Events, event_keys, likeliest_articles
from monitor.articles.excerpt_ends import is_continued, is_shortened
from monitor.articles.feed_clocks import RIGHT, ClockCorrection, FeedClock, clock_sample
from monitor.articles.from_entries import Origin, articles_from_entries
from monitor.articles.fulltext import bears_title, full_text, is_of
from monitor.articles.identity import address_keys
from monitor.articles.language import languages_of
from monitor.articles.link_lists import is_list_of_articles
from monitor.articles.live_posts import named_part
from monitor.articles.meaning_text import text_of_meaning
from monitor.articles.missed_articles import WRITTEN_WITHIN, missed_articles, shows_any
from monitor.articles.moved_feeds import moved_articles, restless_links
from monitor.articles.page_facts import page_facts
from monitor.articles.page_headings import keep_heading
from monitor.articles.page_worth import (
    FRUITLESS,
    adds_text,
    are_pages_given_up,
    has_changed_shape,
    is_excerpt,
    is_part,
    pages_worth_reading,
)
from monitor.articles.plausible_date import plausible_date
from monitor.articles.recheck_times import breaks_off, next_recheck
from monitor.articles.resolution import known_by_keys, resolve_identities, select_changed
from monitor.articles.restless_lines import at_rest
from monitor.articles.sign_worths import Rarity
from monitor.articles.stories import join_stories, likeliest
from monitor.articles.story_news import news_of
from monitor.articles.taken_address import is_taken
from monitor.articles.told_changes import adds_nothing, goes_back, is_same_change
from monitor.articles.urls import fold_host, fold_url, is_live_page, names_a_page
from monitor.articles.usual_amounts import UsualAmount, is_as_usual, usual_amount_from_text
from monitor.articles.versions import may_wait, return_may_wait, same_but_numbers
from monitor.articles.walls import wall_before, wall_instead

__all__ = [
    "FRUITLESS",
    "LASTS",
    "RIGHT",
    "WITHIN",
    "WRITTEN_WITHIN",
    "ClockCorrection",
    "Events",
    "FeedClock",
    "Origin",
    "Rarity",
    "UsualAmount",
    "address_keys",
    "adds_nothing",
    "adds_text",
    "are_pages_given_up",
    "articles_from_entries",
    "at_rest",
    "bears_title",
    "breaks_off",
    "clock_sample",
    "compose",
    "event_keys",
    "event_signs",
    "fold_host",
    "fold_url",
    "full_text",
    "goes_back",
    "has_changed_shape",
    "is_as_usual",
    "is_continued",
    "is_excerpt",
    "is_list_of_articles",
    "is_live_page",
    "is_of",
    "is_part",
    "is_same_change",
    "is_shortened",
    "is_taken",
    "join_events",
    "join_stories",
    "keep_heading",
    "known_by_keys",
    "languages_of",
    "likeliest",
    "likeliest_articles",
    "may_wait",
    "missed_articles",
    "moved_articles",
    "named_part",
    "names_a_page",
    "news_of",
    "next_recheck",
    "page_facts",
    "pages_worth_reading",
    "plausible_date",
    "resolve_identities",
    "restless_links",
    "return_may_wait",
    "same_but_numbers",
    "select_changed",
    "shows_any",
    "tell_of_events",
    "text_of_meaning",
    "text_signature",
    "usual_amount_from_text",
    "wall_before",
    "wall_instead",
]
