"""Read entries from feeds, JSON feeds, sitemaps and listings, however damaged; pure.

`parse` raises ParseError only. `read_html` reads the pages of articles, `html_error` says what an HTML page is instead,
`select_parts` reads parts of them by selectors, `decode` bytes of any other text, `site_page` what a page says of its
site's feeds, `login_page` the form of one by which readers log in, `refresh_note` where one sends them on to.
"""

from monitor.sources.article_selectors import ARTICLE_PARTS, SelectedParts, is_selector, select_parts
from monitor.sources.decode import decode
from monitor.sources.detect_format import html_error
from monitor.sources.links import is_front_page
from monitor.sources.listing import NOTHING_FOUND, item_selector
from monitor.sources.login_form import LoginForm, LoginPage, login_page
from monitor.sources.page_refresh import refresh_note
from monitor.sources.parse import SOURCES, WHOLE_TEXTS, largest_page, parse, recognised_address
from monitor.sources.site_links import (
    FeedLink,
    SitePage,
    is_of_comments,
    listed_sitemaps,
    site_page,
    usual_feeds,
    usual_sitemaps,
)
from monitor.sources.source_input import Source
from monitor.sources.telegram import preview_of
from monitor.sources.webpage import read_html

__all__ = [
    "ARTICLE_PARTS",
    "NOTHING_FOUND",
    "SOURCES",
    "WHOLE_TEXTS",
    "FeedLink",
    "LoginForm",
    "LoginPage",
    "SelectedParts",
    "SitePage",
    "Source",
    "decode",
    "html_error",
    "is_front_page",
    "is_of_comments",
    "is_selector",
    "item_selector",
    "largest_page",
    "listed_sitemaps",
    "login_page",
    "parse",
    "preview_of",
    "read_html",
    "recognised_address",
    "refresh_note",
    "select_parts",
    "site_page",
    "usual_feeds",
    "usual_sitemaps",
]
