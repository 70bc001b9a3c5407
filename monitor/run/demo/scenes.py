"""Run the demo: write a configuration to a temporary folder, run the real daemon on it, and print what happens."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from email import message_from_bytes, policy
from pathlib import Path

from monitor.run.demo.mail_server import DemoMailServer
from monitor.run.demo.sites import ARTICLES, SITES, DemoSites
from monitor.run.jobs import Jobs, open_work
from monitor.run.startup import StartedMonitor, start_monitor, utc_now
from monitor.steps.apply_config import apply_config
from monitor.steps.context import Context
from monitor.steps.poll_report import Totals
from monitor.store import Connection, delivery_admin, poll_records
from monitor.text import clean, counted

SECONDS = 27.0
STEP = 0.25
STORIES = 4
LAST_READ = max(article.after for article in ARTICLES) + 6.0
ROUND = 1.0
# A refused mail is sent again after a minute and feeds are polled every few minutes, which is too long for a demo: it
# requests both sooner, as a person can with `monitor alerts retry`.
RETRY_AFTER = 4.0

_MONITOR = """\
timezone: Europe/Istanbul
mail: {{from: News monitor <monitor@newsroom.test>, host: 127.0.0.1, port: {smtp}, security: none}}
private_hosts_allowed: ["127.0.0.1:{http}"]
defaults: {{fulltext: never}}
"""
_OUTLET = "  - {{name: {name}, title: {title}, language: {language}, country: {country}, feed: {feed}}}\n"
_RULES = """\
rules:
  - name: Peskov
    to: [desk@newsroom.test]
    query: |
      name(Peskov)
  - name: Istanbul talks
    to: [desk@newsroom.test]
    query: |
      "Istanbul talks" OR (name(Istanbul) NEAR/10 @talks)
lists:
  talks: [talk, talks, negotiat*, переговор*, перемовин*, görüşme*]
"""
_NAMES = """\
names:
  - {name: Peskov, also: [Песков, Пескова, Пескову, Песковым, Пєсков]}
  - {name: Istanbul, also: [İstanbul, Стамбул, Стамбуле, Стамбула, Стамбулі]}
"""


def write_config(folder: Path, http: int, smtp: int) -> None:
    """Write the four files of a configuration with the ports of the web server and the mail server."""
    folder.mkdir()
    outlets = "".join(
        _OUTLET.format(
            name=site.name,
            title=site.title,
            language=site.language,
            country=site.country,
            feed=f"http://127.0.0.1:{http}/{site.name}.xml",
        )
        for site in SITES
    )
    (folder / "monitor.yaml").write_text(_MONITOR.format(smtp=smtp, http=http), encoding="utf-8")
    (folder / "outlets.yaml").write_text(f"outlets:\n{outlets}", encoding="utf-8")
    (folder / "rules.yaml").write_text(_RULES, encoding="utf-8")
    (folder / "names.yaml").write_text(_NAMES, encoding="utf-8")


async def show(seconds: float = SECONDS) -> int:
    """Run the demo and print it; return exit code 0 when everything happened as it should."""
    async with AsyncExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="monitor-demo-")))
        outlets, mailbox = DemoSites(utc_now()), DemoMailServer()
        stack.push_async_callback(outlets.close)
        stack.push_async_callback(mailbox.close)
        write_config(home / "config", await outlets.open(), await mailbox.open())
        print(f"{len(SITES)} outlets and a mail server on this machine; rules: Peskov, Istanbul talks\n")
        opened, totals = await stack.enter_async_context(_daemon(home))
        outlets.begin()
        scene = Scene(opened, outlets, mailbox)
        await scene.play(seconds)
        return scene.print_result(totals)


@asynccontextmanager
async def _daemon(home: Path) -> AsyncIterator[tuple[StartedMonitor, Totals]]:
    """Run the daemon's polls and jobs on the demo's folder."""
    async with AsyncExitStack() as stack:
        opened = await start_monitor(stack, home / "config", home / "data", strict=True)
        batch_id = await apply_config(opened.ctx, opened.loaded)
        work = open_work(stack, opened.ctx, batch_id)
        jobs = Jobs(opened.ctx, work)
        jobs.start()
        try:
            yield opened, work.poller.report.totals
        finally:
            jobs.stop()
            await work.finish(5.0)


class Scene:
    """Prints articles as they appear, the server's refusal, and mails as they arrive."""

    def __init__(self, opened: StartedMonitor, outlets: DemoSites, mailbox: DemoMailServer) -> None:
        self._ctx = opened.ctx
        self._outlets = outlets
        self._mailbox = mailbox
        self._shown: set[str] = set()
        self._mails = 0
        self._refusal_at = 0.0
        self._elapsed = 0.0

    async def play(self, seconds: float) -> None:
        """Print what happens until all has happened or the time is over."""
        while self._elapsed < seconds and not self._complete():
            await asyncio.sleep(STEP)
            self._elapsed += STEP
            if self._elapsed % ROUND == 0:
                await self._ctx.store.write(poll_records.make_due, self._ctx.clock.now())
            self._print_articles()
            await self._print_refusal()
            self._print_mails()

    def print_result(self, done: Totals) -> int:
        """Print the result; return exit code 0 when all happened."""
        if self._mails:
            print(f"\nThe last mail, as a plain-text reader shows it:\n\n{_text(self._mailbox.mails[-1])}")
        articles, mails = counted(done.new, "article"), counted(self._mails, "mail")
        print(f"\n{articles} stored, {done.matched} matched, {mails}; ", end="")
        is_complete = self._complete()
        print(
            "the wire copy made none, and the refused mail arrived."
            if is_complete
            else "that is not what should happen."
        )
        print(
            "With your own outlets and rules: edit config/, then `monitor run`."
            if is_complete
            else "Please report this."
        )
        return 0 if is_complete else 1

    def _complete(self) -> bool:
        """Whether every article was published and read, four stories made four mails, and one needed two attempts."""
        return self._mails == STORIES and self._mailbox.refused == 1 and self._elapsed > LAST_READ

    def _print(self, what: str) -> None:
        print(f"  {self._elapsed:5.1f} s  {what}", flush=True)

    def _print_articles(self) -> None:
        for site in SITES:
            for article in self._outlets.published(site.name):
                if article.slug not in self._shown:
                    self._shown.add(article.slug)
                    self._print(f"{site.title} ({site.language}) publishes: {article.title}")

    async def _print_refusal(self) -> None:
        if self._mailbox.refused and not self._refusal_at:
            self._refusal_at = self._elapsed
            self._print("the mail server refuses for now (451): the mail waits, with its bytes kept")
        elif self._refusal_at and self._elapsed == self._refusal_at + RETRY_AFTER:
            await self._ctx.store.write(_retry_refused, self._ctx)

    def _print_mails(self) -> None:
        for raw in self._mailbox.mails[self._mails :]:
            mail = message_from_bytes(raw, policy=policy.default)
            rules = ", ".join(str(rule) for rule in mail.get_all("X-Monitor-Rule", []))
            self._print(f"  mail to {mail['To']}: {clean(str(mail['Subject']))}  [{rules}]")
            self._mails += 1


def _retry_refused(conn: Connection, ctx: Context) -> None:
    waiting = [one.id for one in delivery_admin.listing(conn) if one.attempts]
    delivery_admin.retry(conn, waiting, ctx.clock.now())
    ctx.signals.deliveries_planned.set()


def _text(raw: bytes) -> str:
    mail = message_from_bytes(raw, policy=policy.default)
    body = mail.get_body(("plain",))
    text = body.get_content() if body else ""
    return "\n".join(
        f"    {clean(line)}"
        for line in [f"From: {mail['From']}", f"Subject: {mail['Subject']}", "", *text.splitlines()]
    )


def play(seconds: float = SECONDS) -> int:
    """Run the demo in a new event loop; only errors are logged."""
    logging.getLogger("monitor").setLevel(logging.ERROR)
    return asyncio.run(show(seconds))
