"""Decide which story each article joins: the oldest of those that its story keys lead to, which thereby become one.

A union-find over stories (Galler and Fischer 1964, doi:10.1145/364099.364331) whose roots are the oldest stories.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.story_values import JoinedStories, StoryMember


def join_stories(members: Sequence[StoryMember], stories: Mapping[bytes, int]) -> JoinedStories:
    """Return the story of each member, in order, by its keys and by those of the members before it.

    `stories` are the stored stories that keys lead to. A new article whose keys lead to none begins a story with its
    own id; ids grow with time. An article whose keys lead to several merges them into the oldest.
    """
    grouping = _Grouping(dict(stories))
    joined = [(member.article_id, grouping.join(member)) for member in members]
    roots = {story: grouping.root(story) for story in grouping.merged}
    return JoinedStories(
        by_article={article_id: roots.get(story, story) for article_id, story in joined},
        begun=[story for story in grouping.begun if story not in roots],
        keys={key: roots.get(story, story) for key, story in grouping.by_key.items() if key not in stories},
        merged={story: root for story, root in roots.items() if story not in grouping.begun},
    )


class _Grouping:
    """The stories while members join them: `merged` has for a merged story one that it was merged into."""

    def __init__(self, by_key: dict[bytes, int]) -> None:
        self.by_key = by_key
        self.begun: dict[int, None] = {}
        self.merged: dict[int, int] = {}

    def root(self, story: int) -> int:
        while story in self.merged:
            story = self.merged[story]
        return story

    def join(self, member: StoryMember) -> int:
        found = {self.by_key[key] for key in member.keys if key in self.by_key}
        if member.story_id is not None:
            found.add(member.story_id)
        if not found:
            self.begun[member.article_id] = None
            story = member.article_id
        else:
            roots = set(map(self.root, found))
            story = min(roots)
            self.merged.update(dict.fromkeys(roots - {story}, story))
        for key in member.keys:
            self.by_key.setdefault(key, story)
        return story
