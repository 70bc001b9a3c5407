"""What runs the monitor elsewhere is checked by the tools that know its rules, without a Docker engine or a boot."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
UNITS = [ROOT / "docs" / "deploy" / name for name in ("monitor.service", "monitor-worker.service")]


def tool(name: str) -> str:
    """A program of the test environment or of the system; where it is missing the test skips and says so."""
    found = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if found is None:
        pytest.skip(f"NOT VALIDATED: there is no {name} on this machine")
    return found


def complaints(*words: str | Path) -> str:
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    return f"{done.stdout}{done.stderr}" if done.returncode else ""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


def test_the_compose_file_keeps_its_schema(tmp_path: Path) -> None:
    check = (tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec")
    assert complaints(*check, ROOT / "docker-compose.yml") == ""
    (tmp_path / "broken.yml").write_text("services: {monitor: {imagee: x}}\n")
    assert complaints(*check, tmp_path / "broken.yml") != ""


def test_the_dockerfile_is_without_a_complaint(tmp_path: Path) -> None:
    assert complaints(tool("hadolint"), ROOT / "Dockerfile") == ""
    (tmp_path / "Dockerfile").write_text("FROM python:latest\nRUN cd /tmp\n")
    assert complaints(tool("hadolint"), tmp_path / "Dockerfile") != ""


@pytest.mark.parametrize("shipped", UNITS, ids=lambda unit: unit.stem)
def test_the_unit_is_valid_and_sandboxed(shipped: Path, tmp_path: Path) -> None:
    unit = tmp_path / shipped.name
    unit.write_text(shipped.read_text(encoding="utf-8").replace("/opt/monitor/.venv/bin/python", sys.executable))
    analyze = tool("systemd-analyze")
    done = subprocess.run(
        [analyze, "verify", "--man=no", unit], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if shipped.name in line]) == (0, [])
    assert complaints(analyze, "security", "--offline=true", "--threshold=20", unit) == ""


@pytest.mark.parametrize("shipped", UNITS, ids=lambda unit: unit.stem)
def test_the_unit_lets_workers_bound_their_memory(shipped: Path) -> None:
    refused = re.findall(r"SystemCallFilter=~(.*)", shipped.read_text(encoding="utf-8"))
    assert not any("@resources" in calls for calls in refused)


def test_every_service_is_confined_watched_and_bounded(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["healthcheck"]["test"][0] == "CMD", name
        assert service["deploy"]["resources"]["limits"].keys() == {"cpus", "memory", "pids"}, name
        assert not service.get("privileged"), name


def test_secrets_are_files_and_no_port_is_open_to_the_world(compose: dict[str, Any]) -> None:
    assert all(set(secret) == {"file"} for secret in compose["secrets"].values())
    for service in compose["services"].values():
        assert not [name for name in service.get("environment", {}) if name.endswith(("PASSWORD", "SECRET", "TOKEN"))]
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    assert compose["services"]["mailcatcher"]["profiles"] == ["mailcatcher"]
    assert "/secrets/" in (ROOT / ".gitignore").read_text().splitlines()


def test_data_is_in_named_volumes_and_the_configuration_is_read_only(compose: dict[str, Any]) -> None:
    mounts = compose["services"]["monitor"]["volumes"]
    assert mounts == ["./config:/config:ro", "data:/data"]
    assert {"data", "database"} == compose["volumes"].keys()


def test_the_image_is_built_from_the_lock_and_runs_as_nobody() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes" in text
    assert re.findall(r"(?m)^USER (\d+)$", text) == ["10001"]
    assert "HEALTHCHECK" in text
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = set(re.findall(r"(?m)^COPY ([^-\s]\S*)", text))
    assert copied == sent


def test_the_pasted_lines_turn_the_shipped_configuration_to_postgresql(tmp_path: Path) -> None:
    """The two commands at the head of the compose file, run on a copy as a reader would."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    head = (ROOT / "docker-compose.yml").read_text(encoding="utf-8").partition("\nname:")[0]
    commands = [
        line.lstrip("# ") for line in head.splitlines() if "config/monitor.yaml" in line and line.startswith("#     ")
    ]
    assert len(commands) == 2
    for command in commands:
        subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    settings = yaml.safe_load((tmp_path / "config" / "monitor.yaml").read_text(encoding="utf-8"))
    assert settings["database"] == "postgresql://monitor@postgres/monitor"
    assert settings["database_password_file"] == "/run/secrets/database_password"
