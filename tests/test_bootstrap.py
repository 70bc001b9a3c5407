"""The first command of a newcomer, in a checkout of two files and a lock of one package that we make: no network."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from monitor import bootstrap

PROGRAM = "import sys, newcomer\nprint('entered', newcomer.__version__, sys.argv[1:])\n"


def wheel(folder: Path, version: str) -> str:
    """Write a package of one line and return its line for a lock."""
    path = folder / f"newcomer-{version}-py3-none-any.whl"
    info = f"newcomer-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("newcomer.py", f"__version__ = '{version}'\n")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: newcomer\nVersion: {version}\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return f"newcomer=={version} \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    (root / "monitor").mkdir(parents=True)
    shutil.copy(bootstrap.__file__, root / "monitor" / "bootstrap.py")
    (root / "monitor" / "__init__.py").touch()
    (root / "monitor" / "__main__.py").write_text(
        f"from monitor import bootstrap\nbootstrap.enter('monitor')\n{PROGRAM}"
    )
    (root / "pyproject.toml").touch()
    (root / bootstrap.LOCK).write_text(wheel(tmp_path, "1.0"))
    return root


def start(root: Path, *words: str, code: str = "", wheels: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Type `python3 -m monitor` in a checkout, or run code there, with no network whatever the machine has."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(root), "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    if wheels:
        environment["PIP_FIND_LINKS"] = str(wheels)
    command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "monitor", *words]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_the_first_start_installs_and_goes_on_and_the_second_only_goes_on(checkout: Path, tmp_path: Path) -> None:
    first = start(checkout, "status", "--all", wheels=tmp_path)
    assert first.stdout == "entered 1.0 ['status', '--all']\n", first.stderr
    assert "first start" in first.stderr
    second = start(checkout, "status")
    assert (second.returncode, second.stdout, second.stderr) == (0, "entered 1.0 ['status']\n", "")


def test_the_command_works_from_every_folder_and_through_links(checkout: Path, tmp_path: Path) -> None:
    start(checkout, wheels=tmp_path)
    link = tmp_path / "a link"
    link.symlink_to(checkout / ".venv" / "bin" / "monitor")
    (tmp_path / "newcomer.py").write_text("raise SystemExit('run in place of the package')")
    ran = subprocess.run(
        [link, "status", "a b"], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.stdout == "entered 1.0 ['status', 'a b']\n", ran.stderr


def test_a_lock_that_changed_is_installed_again(checkout: Path, tmp_path: Path) -> None:
    start(checkout, wheels=tmp_path)
    (checkout / bootstrap.LOCK).write_text(wheel(tmp_path, "1.1"))
    again = start(checkout, wheels=tmp_path)
    assert again.stdout == "entered 1.1 []\n", again.stderr
    assert "first start" not in again.stderr


def test_a_broken_environment_is_made_anew(checkout: Path, tmp_path: Path) -> None:
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to("/nowhere/python3.10")
    assert start(checkout, wheels=tmp_path).stdout == "entered 1.0 []\n"


def test_without_a_network_it_says_so_and_a_later_try_goes_on(checkout: Path, tmp_path: Path) -> None:
    alone = start(checkout)
    assert alone.returncode == 1
    assert "needs the network once" in " ".join(alone.stderr.split())
    assert "Traceback" not in alone.stderr
    assert start(checkout, wheels=tmp_path).returncode == 0


def test_a_changed_package_is_refused(checkout: Path, tmp_path: Path) -> None:
    lock = checkout / bootstrap.LOCK
    lock.write_text(lock.read_text()[:-5] + "0000\n")
    assert start(checkout, wheels=tmp_path).returncode == 1


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_the_missing_apt_package_is_named(checkout: Path, missing: str) -> None:
    hidden = f"import sys, runpy; sys.modules['{missing}'] = None; runpy.run_module('monitor', run_name='__main__')"
    done = start(checkout, code=hidden)
    assert done.returncode == 1
    assert "sudo apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (checkout / ".venv").exists()


def test_a_python_too_old_is_told_which_is_needed(checkout: Path) -> None:
    old = "import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_module('monitor', run_name='__main__')"
    done = start(checkout, code=old)
    assert done.returncode == 1
    assert "this is Python 3.9" in done.stderr
    assert "3.11 or newer" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_installed_package_never_makes_an_environment(checkout: Path) -> None:
    (checkout / "pyproject.toml").unlink()
    assert "No module named 'newcomer'" in start(checkout).stderr
    assert not (checkout / ".venv").exists()


def test_a_python_that_has_everything_is_used_as_it_is(checkout: Path) -> None:
    (checkout / bootstrap.LOCK).write_text(
        "pytest==1.0 \\\n    --hash=sha256:00\nabsent==1 ; sys_platform == 'win32' \\\n"
    )
    code = "from monitor import bootstrap; bootstrap.enter('monitor'); print('went on')"
    assert start(checkout, code=code).stdout == "went on\n"


def test_the_real_lock_is_read() -> None:
    names = bootstrap.locked_packages((bootstrap.ROOT / bootstrap.LOCK).read_text(encoding="utf-8"))
    assert {"sqlalchemy", "aiohttp", "typer"} <= set(names)
