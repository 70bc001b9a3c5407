"""Faults: words that were not found."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from monitor.alerts import render, specimen
from monitor.alerts.clean import safe_link
from monitor.articles.urls import fold_url
from tests.faults.check import Check


async def _idna_2003(folder: Path, tmp_path: Path) -> None:
    mail = render(specimen("monitor@straße.test", "desk@t.test", datetime(2026, 11, 1, tzinfo=UTC)))
    assert mail.sender == "monitor@xn--strae-oqa.test"
    assert mail.message_id.endswith("@xn--strae-oqa.test>")
    for written, asked in (("straße.test", "xn--strae-oqa.test"), ("faß.test", "xn--fa-hia.test")):
        assert safe_link(f"https://{written}/a") == fold_url(f"https://{written}/a") == f"https://{asked}/a"


CHECKS: dict[str, Check] = {"idna-2003": _idna_2003}
