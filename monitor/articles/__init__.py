"""Entries in, articles out: which piece each is, which version, its text, dates and language."""

from monitor.articles.from_entries import Origin, shape
from monitor.articles.fulltext import full_text, is_of, with_full_text
from monitor.articles.identity import address_keys
from monitor.articles.resolution import plainly, recognise, sift
from monitor.articles.urls import fold_host, fold_url
from monitor.articles.versions import MANY, may_wait, same_but_numbers

__all__ = [
    "MANY",
    "Origin",
    "address_keys",
    "fold_host",
    "fold_url",
    "full_text",
    "is_of",
    "may_wait",
    "plainly",
    "recognise",
    "same_but_numbers",
    "shape",
    "sift",
    "with_full_text",
]
