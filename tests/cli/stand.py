"""A configuration in a temporary folder, a database with a past, and the command line on both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from typer.testing import CliRunner, Result

from monitor.cli import app
from monitor.errors import ConfigError, MonitorError
from monitor.model import Article, Feed
from monitor.store import Store, feeds
from tests.store.make import article, show

NOW = datetime.now(UTC).replace(microsecond=0)
"""Commands have no clock but the machine's, so that a past for them counts from now."""

FILES = {
    "monitor.yaml": "timezone: UTC\nmail: {from: News <monitor@desk.test>}\n",
    "outlets.yaml": """\
outlets:
  - {name: tass, feed: https://tass.example.org/rss, language: ru}
  - {name: wire, feed: https://wire.example.org/rss, language: en}
  - {name: haber, feed: https://haber.example.org/rss, language: tr}
""",
    "rules.yaml": """\
rules:
  - name: Harbour
    to: [ann@readers.test]
    query: |
      harbour AND @talks
lists:
  talks: [talk, negotiat*]
""",
    "names.yaml": "names:\n  - {name: Peskov, also: [Песков]}\n",
}


@dataclass(frozen=True)
class Stand:
    """What a test works with."""

    folder: Path

    @property
    def config(self) -> Path:
        """The folder of the files."""
        return self.folder / "config"

    def write(self, files: Mapping[str, str]) -> None:
        """Save files of the configuration."""
        self.config.mkdir(exist_ok=True)
        for name, text in files.items():
            (self.config / name).write_text(text, encoding="utf-8")

    def use(self, store: Store) -> None:
        """Let the files name this database."""
        url = store.place.url
        where = str(store.place.path)
        if url is not None:
            # Rendering would open the quotes around a socket's path.
            where = f"postgresql://{url.username}@{quote(url.host or '', safe='')}:{url.port or 5432}/{url.database}"
        self.write({"monitor.yaml": FILES["monitor.yaml"] + f"database: {where}\n"})

    def run(self, *words: str, stdin: str = "") -> Result:
        """Run a command as `main` does; its exit code, output and errors."""
        where = ["--config", str(self.config), "--data", str(self.folder / "data")]
        ran = CliRunner(env={"COLUMNS": "200"}).invoke(app, [*words, *where], input=stdin)
        if ran.exception and not isinstance(ran.exception, SystemExit | ConfigError | MonitorError):
            raise ran.exception
        return ran


def stand(folder: Path) -> Stand:
    """Return a stand with the files above."""
    made = Stand(folder)
    made.write(FILES)
    return made


def piece(name: str, title: str, ago: timedelta = timedelta(hours=1), **options: object) -> Article:
    """Return an article that was published and seen so long ago."""
    return article(
        name, title, **({"outlet": "wire", "language": "en", "seen": NOW - ago, "published": NOW - ago} | options)
    )


def fill(store: Store, past: Sequence[Article]) -> None:
    """Store articles, each at the moment at which it was seen."""
    with store.begin() as conn:
        feeds.sync(conn, [Feed("https://wire.example.org/rss", "wire")], NOW - timedelta(days=40), "start")
        for one in sorted(past, key=lambda one: one.seen or NOW):
            show(conn, 1, [one], one.seen or NOW)
