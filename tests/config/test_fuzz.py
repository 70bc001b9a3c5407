"""Whatever bytes stand in whatever file: problems come back, never an exception, in bounded time."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.config import load
from monitor.config.models import KINDS

NAMES = st.sampled_from([*(f"{kind}.yaml" for kind in KINDS), "outlets/a.yaml", "rules/b.yml", "names/c/d.yaml"])
KEYS = [
    "people",
    "teams",
    "outlets",
    "rules",
    "lists",
    "names",
    "defaults",
    "name",
    "mail",
    "to",
    "query",
    "feed",
    "send",
]
SCALARS = st.one_of(
    st.sampled_from(
        ["desk", "a@b.test", "https://a.test/rss", "@talks", "name(x)", "5m", "daily 08:00", "no", "", "~"]
    ),
    st.text(max_size=12),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)
PIECES = st.lists(
    st.sampled_from(
        [*KEYS, ": ", "\n", "  ", "- ", "[", "]", "{", "}", "&a ", "*a", "|", ">", "'", '"', "#", "!", "%", "\t"]
    ),
    max_size=60,
).map("".join)


def flow(tree: object) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(flow, tree)) + "]"
    return "'" + str(tree).replace("'", "''") + "'"


def block(tree: object) -> str:
    return "\n".join(f"{key}: {flow(value)}" for key, value in tree.items()) if isinstance(tree, dict) else flow(tree)


CONTENTS = st.one_of(
    st.binary(max_size=80),
    st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")),
    PIECES.map(str.encode),
    TREES.map(lambda tree: block(tree).encode("utf-8", "surrogatepass")),
)


def load_bytes(files: dict[str, bytes], fallback: dict[str, str] | None = None) -> None:
    with TemporaryDirectory() as directory:
        for name, content in files.items():
            file = Path(directory, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        found = load(Path(directory), fallback=fallback or {})
        assert all(problem.line >= 0 and problem.message for problem in found.problems)
        assert bool(found.broken) <= any(problem.severity == "error" for problem in found.problems)
        again = load(Path(directory), fallback=found.files, previous=found.config)
        assert set(found.files) <= set(again.files)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(NAMES, CONTENTS, max_size=4))
def test_any_bytes_in_any_files(files: dict[str, bytes]) -> None:
    load_bytes(files)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(NAMES, CONTENTS, max_size=3), st.dictionaries(st.text(max_size=9) | NAMES, st.text(max_size=30)))
def test_any_fallback(files: dict[str, bytes], fallback: dict[str, str]) -> None:
    load_bytes(files, fallback)


LEVELS = "\n".join(f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30))
BOMBS = {
    "aliases": f"lists:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{LEVELS}\n",
    "flow": "lists: " + "[" * 1_000_000,
    "braces": "lists: " + "{a: " * 300_000,
    "block": "lists:\n" + "\n".join(" " * n + "- a:" for n in range(1, 2_000)),
    "dashes": "lists:\n  a: " + "- " * 500_000,
    "anchors": "lists:\n" + "\n".join(f"  a{n}: &b{n} [x]" for n in range(5_000)),
    "keys": "\n".join("? a" for _ in range(200_000)),
    "doubled": "lists:\n" + "  a: [x]\n" * 50_000,
    "quotes": "lists: '" + "x" * 2_000_000,
    "spoilt queries": "rules:\n" + "  - query: @x\n    name: y\n" * 5_000,
    "wrong entries": "people:\n" + "  - {nmae: x, mial: y}\n" * 20_000,
    "nobody": "rules:\n" + "".join(f"  - {{name: r{n}, to: [nobody{n}], query: zebra}}\n" for n in range(3_000)),
    "a query of a megabyte": "rules:\n  - name: x\n    to: [a@b.test]\n    query: |\n      " + "(" * 1_000_000 + "\n",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_refused_in_time(tmp_path: Path, bomb: str) -> None:
    kind = BOMBS[bomb].partition(":")[0]
    (tmp_path / f"{kind if kind in KINDS else 'lists'}.yaml").write_text(BOMBS[bomb], encoding="utf-8")
    before = time.process_time()
    found = load(tmp_path)
    assert time.process_time() - before < 15
    assert found.problems or bomb == "anchors"
    assert len(found.problems) < 5_000
