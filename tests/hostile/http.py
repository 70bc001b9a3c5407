"""Statuses, redirects and codings."""

from __future__ import annotations

import asyncio
import gzip
import zlib

from tests.hostile.behaviour import FEED, XML, Behaviour, Play, Stand, fixed
from tests.peers.http import Request, answer_bytes


def status(code: int, **headers: str) -> Play:
    """Answer with a status and a page that says so."""
    return fixed(b"<!DOCTYPE html><title>Sorry</title>", code, **{"Content_Type": "text/html", **headers})


def redirect(to: str, code: int = 302) -> Play:
    """Send whoever asks elsewhere; `{here}` is the outlet's own address."""
    return lambda stand: stand.outlet.redirect(FEED, to.format(here=stand.outlet.url("")), code)


def loop_of_two(stand: Stand) -> None:
    """Send to another address that sends back."""
    stand.outlet.redirect(FEED, "/other", 301)
    stand.outlet.redirect("/other", FEED, 301)


def chain(stand: Stand) -> None:
    """Send to a new address at every step."""
    for number in range(50):
        stand.outlet.redirect(f"/step{number}", f"/step{number + 1}", 301)
    stand.outlet.redirect(FEED, "/step0", 301)


def cookie_loop(stand: Stand) -> None:
    """Set another cookie at every step and ask to come back."""

    async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
        number = len(stand.asked())
        headers = {"Location": FEED, "Set-Cookie": f"step{number}={'x' * 4000}"}
        writer.write(answer_bytes(302, b"", headers))
        return True

    stand.route(serve)


def moved_with_spaces(stand: Stand) -> None:
    """Send to an address with spaces in it, where the feed is."""
    stand.outlet.redirect(FEED, "/a feed", 302)
    stand.outlet.page("/a%20feed", stand.rss(stand.item(), *stand.calm()), headers=XML)


def coded(coding: str, *, cut: int = 0, times: int = 1) -> Play:
    """The feed with a new piece, compressed so many times, and its end cut off."""

    def play(stand: Stand) -> None:
        data = stand.rss(stand.item(), *stand.calm())
        for _ in range(times):
            data = gzip.compress(data, mtime=0)
        stand.page(data[: len(data) - cut], headers=XML | {"Content-Encoding": coding})

    return play


def bomb(stand: Stand) -> None:
    """A gigabyte of one letter, in gzip."""
    engine = zlib.compressobj(9, wbits=31)
    block = b"x" * (1 << 20)
    body = b"".join([*(engine.compress(block) for _ in range(1024)), engine.flush()])
    stand.page(body, headers=XML | {"Content-Encoding": "gzip"})


def nested_bomb(stand: Stand) -> None:
    """A bomb in a bomb, with both layers stated."""
    inner = gzip.compress(bytes(200_000_000), 9)
    stand.page(gzip.compress(inner, 9), headers=XML | {"Content-Encoding": "gzip, gzip"})


def thousand_cookies(count: int) -> Play:
    """Set so many cookies on the way to the feed, and as many with it."""

    def play(stand: Stand) -> None:
        lines = "".join(f"Set-Cookie: name{number}={'x' * 100}\r\n" for number in range(count))
        body = stand.rss(stand.item(), *stand.calm())
        stand.outlet.raw("/there", f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + body)
        stand.outlet.raw(FEED, f"HTTP/1.1 302 Found\r\nLocation: /there\r\n{lines}\r\n".encode())

    return play


def zlib_bomb(stand: Stand) -> None:
    """A gigabyte of zeros, in zlib."""
    engine = zlib.compressobj(9)
    body = b"".join([*(engine.compress(bytes(1 << 20)) for _ in range(1024)), engine.flush()])
    stand.page(body, headers=XML | {"Content-Encoding": "deflate"})


def zstd_bomb(stand: Stand) -> None:
    """Ten gigabytes of one letter, in zstd: 80,000 blocks of 128 KiB that each repeat one byte (RFC 8878, 3.1.1.2)."""
    block = ((128 * 1024) << 3 | 1 << 1).to_bytes(3, "little") + b"x"
    stand.page(b"\x28\xb5\x2f\xfd\x00\x50" + block * 80_000, headers=XML | {"Content-Encoding": "zstd"})


def many_members(stand: Stand) -> None:
    """A hundred thousand gzip members with nothing in them, before one with the feed."""
    body = gzip.compress(b"", mtime=0) * 100_000 + gzip.compress(stand.rss(stand.item()), mtime=0)
    stand.page(body, headers=XML | {"Content-Encoding": "gzip"})


BEHAVIOURS = (
    Behaviour("204", status(204), said="."),
    Behaviour("206 of a part", fixed(b"<rss><chan", 206, Content_Range="bytes 0-9/5000"), said="."),
    Behaviour("304 that nobody asked for", fixed(b"", 304), said="304"),
    Behaviour("300", status(300), said="300"),
    Behaviour("401", status(401, WWW_Authenticate='Basic realm="\\"x"'), said="401"),
    Behaviour("403", status(403), said="403"),
    Behaviour("404 for days", status(404), said="404", visits=3),
    Behaviour("410 for days", status(410), said="410", visits=3),
    Behaviour("418", status(418), said="418"),
    Behaviour("429 for ever", status(429, Retry_After="99999999999999999999"), said="429"),
    Behaviour("429 for no time", status(429, Retry_After="0"), said="429"),
    Behaviour("429 until a day long past", status(429, Retry_After="Fri, 01 Jan 1999 00:00:00 GMT"), said="429"),
    Behaviour("503 until a day far ahead", status(503, Retry_After="Fri, 01 Jan 2999 00:00:00 GMT"), said="503"),
    Behaviour("503 for minus one second", status(503, Retry_After="-1"), said="503"),
    Behaviour("503 until words", status(503, Retry_After="soon \x7f"), said="503"),
    Behaviour("500 for days", status(500), said="500", visits=3),
    Behaviour("status 999", status(999), said="999"),
    Behaviour("redirect to itself", redirect(FEED, 301), said="redirect"),
    Behaviour("redirects in a circle", loop_of_two, said="redirect"),
    Behaviour("a chain of fifty redirects", chain, said="redirect"),
    Behaviour("cookies in a circle", cookie_loop, said="redirect"),
    Behaviour("redirect to a router", redirect("http://192.168.0.1/"), said="refused"),
    Behaviour("redirect to a cloud's metadata", redirect("http://169.254.169.254/latest/"), said="refused"),
    Behaviour("redirect to a private address as a number", redirect("http://0x0a000001/"), said="refused"),
    Behaviour("redirect to a private IPv6 address", redirect("http://[fd00::1]/"), said="refused"),
    Behaviour("redirect to a file", redirect("file:///etc/passwd"), said="."),
    Behaviour("redirect to ftp", redirect("ftp://192.168.0.1/feed"), said="only http and https .* 'ftp'"),
    Behaviour("redirect to a private address in IPv6", redirect("http://[::ffff:10.0.0.1]/"), said="^refused"),
    Behaviour("redirect to a private address in octal", redirect("http://012.0.0.1/"), said="no address"),
    Behaviour("redirect to gopher", redirect("gopher://news.test/"), said="."),
    Behaviour("redirect to javascript", redirect("javascript:alert(1)"), said="."),
    Behaviour("redirect to nowhere", redirect("http://"), said="."),
    Behaviour("redirect to no port", redirect("http://news.test:99999/"), said="."),
    Behaviour("redirect to an address with spaces", moved_with_spaces, stored=1),
    Behaviour("nine hundred cookies", thousand_cookies(900), stored=1),
    Behaviour("two thousand cookies", thousand_cookies(2000), said="^protocol: more than 1000 headers .* 'Set-Cookie'"),
    Behaviour("a validator of 30 kB", fixed(b"", 304, ETag='"' + "x" * 30_000 + '"'), said="304"),
    Behaviour("gzip", coded("gzip"), stored=1),
    Behaviour("gzip twice, both stated", coded("gzip, gzip", times=2), stored=None, said=""),
    Behaviour("gzip five times, all stated", coded(", ".join(["gzip"] * 5), times=5), said="."),
    Behaviour("gzip cut in the middle", coded("gzip", cut=100), said="incomplete"),
    Behaviour("a bomb of a gigabyte", bomb, said="too large"),
    Behaviour("a bomb in a bomb", nested_bomb, said="."),
    Behaviour("a bomb in zlib", zlib_bomb, said="too large"),
    Behaviour("a bomb in zstd", zstd_bomb, said="^coding: the body comes as 'zstd'"),
    Behaviour("a hundred thousand empty gzip members", many_members, said="."),
    Behaviour("brotli that is none", fixed(b"\x8b\x01\x80abc\x03", 200, Content_Encoding="br"), said="coding"),
)
