"""Every behaviour that is tried, by street; a new one is one function and one row in its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.hostile import content, http, identity, pairs, sitemaps, tcp, tls
from tests.hostile.behaviour import Behaviour

TABLE: Mapping[str, Sequence[Behaviour]] = {
    "connections": tcp.BEHAVIOURS,
    "answers": tcp.ANSWERS,
    "TLS": tls.BEHAVIOURS,
    "http": http.BEHAVIOURS,
    "content": content.BEHAVIOURS,
    "sitemaps": sitemaps.BEHAVIOURS,
    "identity": identity.BEHAVIOURS,
    "pairs": pairs.BEHAVIOURS,
}
