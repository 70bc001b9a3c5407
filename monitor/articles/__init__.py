"""Entries in, articles out: which piece each is, which version, its text, dates and language."""

from monitor.articles.identity import url_key
from monitor.articles.shaping import Origin, shape
from monitor.articles.urls import fold_host, fold_url

__all__ = ["Origin", "fold_host", "fold_url", "shape", "url_key"]
