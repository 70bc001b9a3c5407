"""What the lock files promise, as far as they tell it themselves; `tests/packaging/lock.py` asks the index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
BLOCK = re.compile(
    r"((?:# [\w.+-]+\.whl\n)*)([a-z0-9-]+)==([\w.]+)( ; [^\\\n]+)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n"
)


def text(lock: str) -> str:
    return (ROOT / lock).read_text(encoding="utf-8")


def pinned(lock: str) -> dict[str, tuple[str, list[str]]]:
    return {match[2]: (match[3], re.findall(r"# (\S+)", match[1])) for match in BLOCK.finditer(text(lock))}


def canonical(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()  # type: ignore[index]


def declared() -> tuple[list[str], list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["dependencies"], project["optional-dependencies"]["dev"]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_versions_with_hashes_and_nothing_else(lock: str) -> None:
    rest = BLOCK.sub("", text(lock))
    assert [line for line in rest.splitlines() if not line.startswith("# ")] == []
    assert "://" not in text(lock)


def test_every_dependency_is_pinned() -> None:
    dependencies, development = declared()
    assert [name for name in dependencies if canonical(name) not in pinned(LOCKS[0])] == []
    assert [name for name in dependencies + development if canonical(name) not in pinned(LOCKS[1])] == []


def test_the_tests_run_on_the_versions_that_users_get() -> None:
    users, tests = pinned(LOCKS[0]), pinned(LOCKS[1])
    assert {name: version for name, (version, _) in users.items()}.items() <= {
        name: version for name, (version, _) in tests.items()
    }.items()


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize("python", [311, 312, 313])
def test_every_package_has_a_wheel_for_both_machines(lock: str, machine: str, python: int) -> None:
    assert [
        name
        for name, (_, wheels) in pinned(lock).items()
        if not any(serves(wheel, machine, python) for wheel in wheels)
    ] == []


def serves(wheel: str, machine: str, python: int) -> bool:
    """Whether a wheel's name says that it installs there."""
    *_, tags, abi, platform = wheel.removesuffix(".whl").split("-")
    if platform != "any" and not platform.endswith(f"_{machine}"):
        return False
    oldest = [int(number) for number in re.findall(r"cp(\d+)", tags)]
    return (
        bool(re.search(r"\bpy3\b|py3\d*", tags)) or f"cp{python}" in tags or (abi == "abi3" and min(oldest) <= python)
    )
