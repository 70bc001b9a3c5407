"""Sitemaps and indexes that are too large, too deep, in a circle, damaged, or none at all."""

from __future__ import annotations

import random
from gzip import compress

from tests.hostile.behaviour import XML, Behaviour, Play, Stand, fixed
from tests.hostile.content import LAUGHS

BOMB = compress(b"<urlset>" + b"<url/>" * 2_000_000)


def sitemap_index(*paths: str) -> Play:
    """A sitemap index that leads to these paths; each of them leads to the next one."""

    def play(stand: Stand) -> None:
        for path, leads_to in zip((stand.path, *paths), (*paths, stand.path), strict=True):
            body = f"<sitemapindex><sitemap><loc>{stand.outlet.url(leads_to)}</loc></sitemap></sitemapindex>"
            stand.outlet.page(path, body.encode(), headers=XML)

    return play


def index_of(*sitemaps: bytes, listed: int = 0) -> Play:
    """A sitemap index of these sitemaps, or of so many that are not there."""

    def play(stand: Stand) -> None:
        for number, body in enumerate(sitemaps):
            stand.outlet.page(f"/{number}.xml", body, headers=XML)
        addresses = (stand.outlet.url(f"/{number}.xml") for number in range(listed or len(sitemaps)))
        stand.page(index(*addresses))

    return play


def index(*addresses: str) -> bytes:
    """A sitemap index of these addresses."""
    listed = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f"<sitemapindex>{listed}</sitemapindex>".encode()


def tree_of_indexes(stand: Stand) -> None:
    """An index of thirty indexes, each of which holds thirty that are not there."""
    paths = [f"/{number}" for number in range(30)]
    stand.page(index(*map(stand.outlet.url, paths)))
    for path in paths:
        inner = (stand.outlet.url(f"{path}/{number}") for number in range(30))
        stand.outlet.page(path, index(*inner), headers=XML)


def sitemap(*inside: str, before: str = "") -> Play:
    """A sitemap with these elements as they stand; `{site}` is the outlet's."""
    body = f"{before}<urlset>{''.join(inside)}</urlset>"
    return lambda stand: stand.page(body.replace("{site}", stand.site).encode())


def url(more: str = "") -> str:
    """One address with more elements."""
    return f"<url><loc>{{site}}/1</loc>{more}</url>"


def wrong_charset(stand: Stand) -> None:
    """A sitemap that declares another charset than it has."""
    stand.page(f"<?xml version='1.0' encoding='utf-16'?><urlset>{url('<title>Причал открыт</title>')}</urlset>"
               .replace("{site}", stand.site).encode("cp1251"))  # fmt: skip


BEHAVIOURS = (
    Behaviour("a sitemap index that holds itself", sitemap_index(), said="leads to itself"),
    Behaviour("a chain of sitemap indexes", sitemap_index(*[f"/{n}" for n in range(50)]), said="nested more than"),
    Behaviour("a sitemap index of ten thousand", index_of(listed=10_000), said="status: 404"),
    Behaviour("a sitemap index of bombs", index_of(*[BOMB] * 5), said="too large"),
    Behaviour("a tree of sitemap indexes", tree_of_indexes, said="status: 404"),
    Behaviour("a sitemap of two hundred thousand addresses", sitemap(url() * 200_000), 1, "more than 50,000 addresses"),
    Behaviour("a sitemap a million deep", sitemap("<url>" + "<a>" * 1_000_000), said="nested too deep"),
    Behaviour("a sitemap of broken entries", sitemap(url("<loc>&</lok>") * 50_000), said="could not be read"),
    Behaviour("a sitemap whose entries never end", sitemap("<url></x>" * 1_000_000), said="more than"),
    Behaviour("a sitemap of laughs", sitemap(url("<title>&l;</title>"), before=LAUGHS + "]>"), 1, "repaired"),
    Behaviour("a sitemap in another charset than it says", wrong_charset, 1, "declares utf-16"),
    Behaviour("a sitemap of noise", fixed(random.Random(1).randbytes(9_000_000)), said="."),
    Behaviour("a packed sitemap of noise", fixed(compress(random.Random(1).randbytes(9_000_000))), said="."),
    Behaviour("a text file of a million lines", fixed(b"https://e.test/1\n" * 500_000), 1, "more than 50,000"),
)
