import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.config import changes, fingerprint
from monitor.config.folder_watch import git_folder, is_git_busy
from tests.config.helpers import OUTLET, RULE, write

SOON = 10.0


def watch(directory: Path, **more: float) -> AsyncIterator[str]:
    times = {"poll": 0.02, "quiet": 0.02, "patience": SOON} | more
    return changes(directory, fingerprint(directory), **times)  # type: ignore[arg-type]


async def word(found: AsyncIterator[str]) -> str:
    return await asyncio.wait_for(anext(found), SOON)


def test_a_fingerprint_is_that_of_our_files_alone(tmp_path: Path) -> None:
    write(tmp_path, {"outlets/ru/press.yaml": OUTLET, "rules.yml": RULE})
    before = fingerprint(tmp_path)
    assert [mark[0] for mark in before] == ["rules.yml", "outlets/ru/press.yaml"]
    others = [".rules.yaml.swp", "rules.yaml~", "#rules.yaml#", ".#rules.yaml", "4913", "outlets/.x.yaml", "other.yaml"]
    write(tmp_path, dict.fromkeys(others, "x"))
    assert fingerprint(tmp_path) == before


def test_every_way_of_writing_changes_the_fingerprint(tmp_path: Path) -> None:
    file = write(tmp_path, {"rules.yaml": RULE}) / "rules.yaml"
    seen = {fingerprint(tmp_path)}
    file.write_text(RULE + "# more", encoding="utf-8")
    seen.add(fingerprint(tmp_path))
    other = tmp_path / "new"
    other.write_text(RULE + "# less", encoding="utf-8")
    status = file.stat()
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.rename(file)  # an editor's way: same time, same size, another file
    seen.add(fingerprint(tmp_path))
    file.unlink()
    seen.add(fingerprint(tmp_path))
    assert len(seen) == 4
    assert fingerprint(tmp_path / "nowhere") == ()


async def test_an_edit_is_told(tmp_path: Path) -> None:
    found = watch(write(tmp_path, {"rules.yaml": RULE}))
    write(tmp_path, {"rules.yaml": RULE + "# edited"})
    assert await word(found) == "changed"
    write(tmp_path, {"outlets/new.yaml": OUTLET})
    assert await word(found) == "changed"
    await found.aclose()  # type: ignore[attr-defined]


async def test_an_edit_between_loading_and_watching_is_told(tmp_path: Path) -> None:
    before = fingerprint(write(tmp_path, {"rules.yaml": RULE}))
    write(tmp_path, {"rules.yaml": RULE + "# edited"})
    found = changes(tmp_path, before, poll=SOON, quiet=0.01)
    assert await word(found) == "changed"
    await found.aclose()  # type: ignore[attr-defined]


async def test_file_events_spare_the_wait_for_the_next_look(tmp_path: Path) -> None:
    found = watch(write(tmp_path, {"rules.yaml": RULE}), poll=60.0)
    waiting = asyncio.create_task(word(found))
    for attempt in range(200):
        # The listener takes a moment to begin, so write until it has.
        write(tmp_path, {"rules.yaml": RULE + "#" * attempt})
        if (await asyncio.wait([waiting], timeout=0.05))[0]:
            break
    assert await waiting == "changed"
    await found.aclose()  # type: ignore[attr-defined]


async def test_without_file_events_looking_finds_changes(tmp_path: Path) -> None:
    # A folder that is not there yet cannot be listened to.
    directory = tmp_path / "later"
    found = watch(directory)
    waiting = asyncio.create_task(word(found))
    await asyncio.wait([waiting], timeout=0.1)
    write(directory, {"rules.yaml": RULE})
    assert await waiting == "changed"
    await found.aclose()  # type: ignore[attr-defined]


async def test_nothing_is_told_while_writing_goes_on(tmp_path: Path) -> None:
    found = watch(write(tmp_path, {"rules.yaml": RULE}), quiet=0.3)
    waiting = asyncio.create_task(word(found))
    for number in range(10):
        write(tmp_path, {"rules.yaml": RULE + "#" * number})
        assert not (await asyncio.wait([waiting], timeout=0.05))[0]
    assert await waiting == "changed"
    assert fingerprint(tmp_path)
    await found.aclose()  # type: ignore[attr-defined]


@pytest.mark.parametrize("mark", ["index.lock", "MERGE_HEAD", "rebase-merge/x"])
async def test_an_unfinished_pull_is_waited_for(tmp_path: Path, mark: str) -> None:
    config = write(tmp_path / "config", {"rules.yaml": RULE})
    lock = write(tmp_path / ".git", {mark: "x"}) / mark
    found = watch(config)
    waiting = asyncio.create_task(word(found))
    write(config, {"rules.yaml": RULE + "# pulled"})
    assert not (await asyncio.wait([waiting], timeout=0.3))[0]
    lock.unlink()
    if lock.parent.name != ".git":
        lock.parent.rmdir()
    assert await waiting == "changed"
    await found.aclose()  # type: ignore[attr-defined]


async def test_patience_with_a_merge_in_conflict_ends(tmp_path: Path) -> None:
    config = write(tmp_path / "config", {"rules.yaml": RULE})
    write(tmp_path / ".git", {"MERGE_HEAD": "x"})
    found = watch(config, patience=0.1)
    write(config, {"rules.yaml": RULE + "# edited"})
    assert await word(found) == "changed"
    await found.aclose()  # type: ignore[attr-defined]


def test_a_work_tree_of_its_own_has_its_git_folder_elsewhere(tmp_path: Path) -> None:
    config = write(tmp_path / "tree" / "config", {"rules.yaml": RULE})
    write(
        tmp_path, {"tree/.git": f"gitdir: {tmp_path}/main/.git/worktrees/tree\n", "main/.git/worktrees/tree/HEAD": "x"}
    )
    assert git_folder(config) == tmp_path / "main/.git/worktrees/tree"
    assert not is_git_busy(config)
    write(tmp_path, {"main/.git/worktrees/tree/index.lock": ""})
    assert is_git_busy(config)
