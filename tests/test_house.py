"""The house rules that no other tool sees: budgets, what may not be written down, documentation that is complete."""

from __future__ import annotations

import ast
import json
import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.unmirrored import TESTED_BY

ROOT = Path(__file__).parents[1]
FILE_LINES, FUNCTION_LINES, MEDIAN, NINE_IN_TEN = 350, 50, 7, 20
TOP = {
    *(
        "pyproject.toml",
        "monitor",
        "config",
        "tests",
        "docs",
        "docker-compose.yml",
        "Dockerfile",
        "README.md",
        "LICENSE",
    ),
    *("CHANGELOG.md", "requirements.lock", "requirements-dev.lock"),
}
# Put together here, so that this file does not hold what it looks for.
UNWANTED = {
    "a path of somebody's machine": r"/(?:work|root|home/\w+)/|/tmp/" + r"venv",
    "the host of a registry": "|".join(
        first + last
        for first, last in (("py", r"pi\.org"), ("python", "hosted"), ("gh", r"cr\.io"), ("docker", r"\.io"))
    ),
    "the mark of a merge that is not done": r"(?m)^(?:<{7}|={7}|>{7})(?: |$)",
    "work left for later": r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b",
}  # fmt: skip
TEXTS = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".service", ".lock", ".j2", ".html", ".txt", ".sh", ""}


@cache
def files() -> tuple[Path, ...]:
    """Every file of the repository, tracked or about to be."""
    words = ("git", "ls-files", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    found = [ROOT / line for line in listed.stdout.splitlines()] if listed.returncode == 0 else list(ROOT.rglob("*.*"))
    return tuple(path for path in found if path.is_file() and "/.venv/" not in str(path))


def python_files(room: str) -> Iterator[tuple[str, str]]:
    for path in files():
        if path.suffix == ".py" and path.is_relative_to(ROOT / room):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def functions(source: str) -> Iterator[tuple[str, int]]:
    """Every function's name and lines, its signature counted and its docstring not."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            said = (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            )
            prose = (first.end_lineno or 0) - first.lineno + 1 if said else 0
            yield node.name, (node.end_lineno or 0) - node.lineno + 1 - prose


@pytest.mark.parametrize("room", ["monitor", "tests"])
def test_no_file_is_long(room: str) -> None:
    assert [name for name, source in python_files(room) if len(source.splitlines()) > FILE_LINES] == []


@pytest.mark.parametrize("room", ["monitor", "tests"])
def test_no_function_is_long(room: str) -> None:
    sizes = [(name, function, size) for name, source in python_files(room) for function, size in functions(source)]
    assert [found for found in sizes if found[2] > FUNCTION_LINES] == []


def test_functions_are_short() -> None:
    sizes = sorted(size for _, source in python_files("monitor") for _, size in functions(source))
    assert statistics.median(sizes) <= MEDIAN
    assert sizes[len(sizes) * 9 // 10] < NINE_IN_TEN


@pytest.mark.parametrize("what", UNWANTED)
def test_nothing_unwanted_is_written_down(what: str) -> None:
    wanted = re.compile(UNWANTED[what])
    texts = [path for path in files() if path.suffix in TEXTS and not path.is_relative_to(ROOT / "tests" / "data")]
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in texts
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if wanted.search(line)
    ]
    assert found == []


def test_the_top_holds_what_it_should_and_no_more() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in files()}
    assert {name for name in top if not name.startswith(".")} <= TOP


def test_every_public_thing_says_what_it_is_for() -> None:
    silent = []
    for name, source in python_files("monitor"):
        tree = ast.parse(source)
        if source.strip() and ast.get_docstring(tree) is None:
            silent.append(name)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith(
                "_"
            ):
                silent += [f"{name}: {node.name}"] if ast.get_docstring(node) is None else []
    assert silent == []


def test_the_clock_is_read_in_one_place() -> None:
    reads = re.compile(r"\.now\(UTC|datetime\.now\(|utcnow\(|time\.time\(|date\.today\(")
    assert [name for name, text in python_files("monitor") if reads.search(text)] == ["monitor/run/startup.py"]


def test_the_rooms_import_one_another_as_drawn() -> None:
    lint = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_help_imports_nothing_heavy() -> None:
    heavy = (
        "sqlalchemy alembic psycopg aiohttp httpx lxml selectolax feedparser pydantic jinja2 babel "
        "css_inline watchfiles aiosmtplib re2 pymorphy3 numpy trafilatura asyncio ssl monitor.model"
    )
    code = (
        "import sys; sys.argv = ['monitor', '--help']\n"
        "try:\n from monitor.cli import main; main()\nexcept SystemExit: pass\n"
        f"print(*sorted(set('{heavy}'.split()) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert "Usage" in done.stdout
    assert done.stderr.strip() == ""


# --- documentation ---------------------------------------------------------------------------------------------


@cache
def documentation() -> str:
    """What users are given to read, in one text."""
    return "\n".join(
        path.read_text(encoding="utf-8") for path in [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]
    )


def unexplained(
    words: set[str], pattern: str = r"`[^`\n]*(?<![\w-]){}(?![\w-])[^`\n]*`|^#+ .*(?<![\w-]){}(?![\w-])"
) -> list[str]:
    """The words that stand in no heading and in no code of the documentation."""
    return sorted(
        word for word in words if not re.search(pattern.replace("{}", re.escape(word)), documentation(), re.MULTILINE)
    )


def test_every_source_is_documented() -> None:
    from monitor.sources import SOURCES

    assert unexplained(set(SOURCES)) == []


def test_every_channel_is_documented() -> None:
    from monitor.channels import CHANNELS

    assert unexplained(set(CHANNELS)) == []


def test_every_operator_is_documented() -> None:
    from monitor.query import BINARY

    assert unexplained({"AND", "OR", "NOT", *BINARY}) == []


def test_every_command_is_documented() -> None:
    from monitor.cli import COMMANDS

    assert unexplained({f"monitor {name}" for name in COMMANDS}) == []


def test_every_key_of_the_configuration_is_documented() -> None:
    from monitor.config.schema import texts

    keys = {key for text in texts().values() for key in properties(json.loads(text))}
    assert len(keys) > 30
    assert unexplained(keys) == []


def properties(schema: Any) -> Iterator[str]:
    """The names of every property, however deep."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from properties(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from properties(part)


def test_every_variable_of_the_environment_is_documented() -> None:
    variables = {found for _, source in python_files("monitor") for found in re.findall(r"\bMONITOR_[A-Z_]+\b", source)}
    assert {"MONITOR_CONFIG", "MONITOR_DATA"} <= variables
    assert unexplained(variables) == []


def test_every_file_and_class_has_a_name_of_its_own() -> None:
    files = [name for name, _ in python_files("monitor") if not name.endswith("__init__.py")]
    stems = Counter(name.rpartition("/")[2] for name in files if "/migrations/versions/" not in name)
    assert [stem for stem, count in stems.items() if count > 1] == []
    classes = Counter(
        node.name
        for _, text in python_files("monitor")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in classes.items() if count > 1] == []


def test_every_module_has_a_test_of_its_name_or_says_which_is_about_it() -> None:
    modules = [name for name, source in python_files("monitor") if any(functions(source))]
    modules = [name for name in modules if not re.search(r"__init__|__main__|/migrations/", name)]
    unmirrored = {name.removeprefix("monitor/") for name in modules if not (ROOT / mirror(name)).exists()}
    assert [name for name in sorted(unmirrored) if not any(fnmatch(name, pattern) for pattern in TESTED_BY)] == []
    stale = [pattern for pattern in TESTED_BY if not any(fnmatch(name, pattern) for name in unmirrored)]
    assert stale == [], "has a test of its name by now"
    assert [test for test in TESTED_BY.values() if not (ROOT / "tests" / test).exists()] == []


def mirror(module: str) -> str:
    """The test of a module's name: `tests/net/test_gate.py` for `monitor/net/gate.py`."""
    folder, _, name = module.rpartition("/")
    return f"{folder.replace('monitor', 'tests', 1)}/test_{name}"
