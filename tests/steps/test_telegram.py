"""Public Telegram channels, polled as t.me shows them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.steps.further_pages import MOST_PAGES
from monitor.store import fulltext_queue, poll_records
from tests.peers.telegram import no_preview, post, preview, text
from tests.steps.world import RULES, START, Item, World


@pytest.fixture
async def channel(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world whose only outlet is the channel `harbour`, with the loopback server in the place of t.me."""
    monkeypatch.setattr("monitor.sources.telegram._SITE", world.news.url("/"))
    world.write({"outlets.yaml": "outlets:\n  - {telegram: harbour, language: en}\n"})
    await world.reload()
    return world


def at(number: int) -> str:
    """When the post of this number was published."""
    return (START - timedelta(minutes=60 - number)).isoformat()


def shows(world: World, *numbers: int, older: int | None = None, before: int | None = None, **edited: str) -> None:
    """Let the channel, or its page before a post, show the posts of these numbers."""
    texts = {number: edited.get(f"post_{number}", f"Number {number} of the weather reports") for number in numbers}
    posts = [post(f"harbour/{number}", text(texts[number]), at=at(number)) for number in numbers]
    path = f"/s/harbour?before={before}" if before else "/s/harbour"
    world.news.page(path, preview("harbour", *posts, older=older).encode(), headers={"Content-Type": "text/html"})


def asked(world: World) -> list[str]:
    """What was requested since the last time, but robots.txt."""
    found = [request.path for request in world.news.requests if request.path != "/robots.txt"]
    world.news.requests.clear()
    return found


async def test_a_new_post_is_mailed_and_its_edit_is_a_version_of_it(channel: World) -> None:
    shows(channel, 1)
    await channel.visit()
    channel.later(minutes=10)
    await channel.send()
    channel.mail.accepted.clear()
    shows(channel, 1, 2, post_2="A fire at the harbour<br/>Three ships burn.")
    assert ((await channel.visit()).new, await channel.send()) == (1, 1)
    (mail,) = channel.mails()
    assert "A fire at the harbour" in mail["Subject"]
    assert "https://t.me/harbour/2" in str(mail)
    shows(channel, 1, 2, post_2="A fire at the harbour<br/>It is out.")
    assert ((await channel.visit()).new, await channel.send()) == (0, 0)
    stored = (await channel.articles())[-1]
    assert (stored.version, stored.article.body) == (2, "A fire at the harbour\nIt is out.")
    assert stored.article.outlet == "harbour"


async def test_the_same_words_in_another_post_are_another_article(channel: World) -> None:
    shows(channel, 1)
    await channel.visit()
    shows(channel, 1, 2, post_2="Fire at the harbour")
    await channel.visit()
    shows(channel, 1, 2, 3, post_2="Fire at the harbour", post_3="Fire at the harbour")
    assert (await channel.visit()).matched == 1
    assert len(await channel.articles()) == 3


async def test_a_channel_with_a_new_name_in_its_links_has_the_same_articles(channel: World) -> None:
    shows(channel, 1, 2, 3)
    await channel.visit()
    path = "/s/harbour"
    renamed = [post(f"Harbour_News/{n}", text(f"Number {n} of the weather reports"), at=at(n)) for n in (1, 2, 3)]
    channel.news.page(path, preview("harbour", *renamed).encode())
    ingested = await channel.visit()
    assert (ingested.read, ingested.new, ingested.gap) == (3, 0, False)


async def test_older_posts_fill_a_gap(channel: World) -> None:
    shows(channel, 1, 2, 3)
    await channel.visit()
    assert asked(channel) == ["/s/harbour"]
    channel.later(minutes=10)
    shows(channel, 8, 9, older=8)
    shows(channel, 5, 6, 7, before=8, older=5)
    shows(channel, 2, 3, 4, before=5, older=2)
    ingested = await channel.visit()
    assert (ingested.new, ingested.gap) == (6, False)
    assert asked(channel) == ["/s/harbour", "/s/harbour?before=8", "/s/harbour?before=5"]
    assert len(await channel.articles()) == 9
    assert await channel.store.read(poll_records.open_gaps) == []


async def test_a_channel_that_writes_faster_than_is_read_has_a_gap(channel: World) -> None:
    shows(channel, 1)
    await channel.visit()
    channel.later(minutes=10)
    shows(channel, 59, older=59)
    for number in range(50, 60):
        shows(channel, number - 1, before=number, older=number - 1)
    assert (await channel.visit()).gap
    assert len(asked(channel)) == 1 + 1 + MOST_PAGES
    assert len(await channel.store.read(poll_records.open_gaps)) == 1


async def test_a_channel_without_preview_is_a_failure_that_says_why(channel: World) -> None:
    shows(channel, 1)
    await channel.visit()
    channel.news.redirect("/s/harbour", "/harbour")
    channel.news.page("/harbour", no_preview("Harbour", "12 345 subscribers").encode())
    await channel.visit()
    state = await channel.feed("/s/harbour")
    assert state.health == "failing"
    assert state.last_error.startswith("no preview: Harbour: the channel shows its posts in the app only")
    assert state.last_error.endswith("follow another channel or page of this outlet")


async def test_posts_are_whole_texts_whose_pages_nobody_reads(channel: World) -> None:
    outlets = "outlets:\n  - {telegram: harbour, language: en, fulltext: always}\n"
    channel.write({"rules.yaml": RULES.replace("query:", "wait: text, query:"), "outlets.yaml": outlets})
    await channel.reload()
    shows(channel, 1)
    await channel.visit()
    asked(channel)
    shows(channel, 1, 2, 3, post_2="A fire at the harbour")
    assert (await channel.visit()).matched == 1
    assert await channel.store.read(fulltext_queue.count_waiting) == 0


async def test_a_hundred_channels_share_a_host_with_others(channel: World) -> None:
    names = [f"channel_{number}" for number in range(100)]
    for name in names:
        page = preview(name, post(f"{name}/1", text(f"The report of {name}"))).encode()
        channel.news.page(f"/s/{name}", page)
    channel.publish(Item("weather"))
    rows = "".join(f"  - telegram: {name}\n" for name in names)
    channel.write({"outlets.yaml": f"outlets:\n{rows}  - http://localhost:{channel.news.port}/rss\n"})
    await channel.reload()
    assert len(await channel.poll()) == 101
    paths = asked(channel)
    assert sorted(paths) == sorted([*(f"/s/{name}" for name in names), "/rss"])
    # The host gives ten of its feeds, then the others have their turn.
    assert paths.index("/rss") <= 10
    assert len(await channel.articles()) == 101


async def test_a_copy_that_leads_elsewhere_is_no_news(channel: World) -> None:
    shows(channel, 1)
    await channel.visit()
    channel.later(minutes=10)
    await channel.send()
    words = "Three ships burned at the harbour of Odesa tonight and nobody was hurt, says the mayor of the town there"
    links = [
        f'{words} <a href="https://site.test/{name}/long/address/of/it">source</a>' for name in ("one-two", "three")
    ]
    shows(channel, 1, 2, post_2=links[0])
    await channel.visit()
    assert await channel.send() == 1
    shows(channel, 1, 2, 3, post_2=links[0], post_3=links[1])
    assert ((await channel.visit()).matched, await channel.send()) == (1, 0)
    assert (await channel.articles())[-1].article.body.endswith("\n→ https://site.test/three/long/address/of/it")


async def test_no_rule_looks_in_an_address_and_no_edit_is_of_one(channel: World) -> None:
    channel.write({"rules.yaml": RULES.replace("query: harbour", "query: harbour, edits: yes")})
    await channel.reload()
    shows(channel, 1)
    await channel.visit()
    channel.later(minutes=10)
    await channel.send()
    links = [f'A fire in the town <a href="https://harbour.test/{name}">source</a>' for name in ("harbour", "ships")]
    shows(channel, 1, 2, post_2=links[0])
    assert ((await channel.visit()).matched, await channel.send()) == (0, 0)
    shows(channel, 1, 2, 3, post_2=links[1], post_3="A fire at the harbour")
    await channel.visit()
    assert await channel.send() == 1
    shows(channel, 1, 2, 3, post_2=links[1], post_3='A fire at the <a href="https://site.test/1">harbour</a>')
    await channel.visit()
    assert await channel.send() == 0
    assert [one.version for one in await channel.articles()] == [1, 1, 1]
