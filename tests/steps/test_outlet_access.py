"""How many hosts must fail for the network to be down counts each host of the feeds once."""

from __future__ import annotations

from tests.steps.world import World


async def test_hosts_are_watched_and_not_feeds(world: World) -> None:
    access = world.ctx.access
    access.network = access.network.after("a.test", "dns", world.clock, world.clock)
    access.watch(["https://a.test/rss", "https://a.test/more", "https://b.test/rss", "https://c.test/rss"])
    assert access.network.watched == 3
    assert access.network.suspects == {"a.test"}, "what is known of the network stays"
