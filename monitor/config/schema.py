"""Write JSON Schemas (draft 2020-12) of the files for editors; run it as `python -m monitor.config.schema DIR`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from monitor.config.models import KINDS

FOLDER = "schema"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: str) -> dict[str, Any]:
    """Return the schema of one kind of file (`outlets`, `rules` …)."""
    model = KINDS[kind]
    schema_body: dict[str, Any] = _without_titles(model.model_json_schema(by_alias=True))
    return {"$schema": _DIALECT, "title": f"{kind}.yaml"} | schema_body


def _without_titles(part: Any) -> Any:
    """Return the schema without titles and defaults, which only repeat the keys' names and our class names."""
    if isinstance(part, list):
        return [_without_titles(item) for item in part]
    if not isinstance(part, dict):
        return part
    tidied = {key: _without_titles(value) for key, value in part.items() if key != "properties"}
    if "properties" in part:
        tidied["properties"] = {key: _without_titles(value) for key, value in part["properties"].items()}
    return {key: value for key, value in tidied.items() if key not in ("title", "default")}


def texts() -> dict[str, str]:
    """Return the text of every schema by its file name."""
    return {f"{kind}.json": json.dumps(schema(kind), indent=1, ensure_ascii=False) + "\n" for kind in KINDS}


def write_schemas(directory: Path) -> None:
    """Write every schema into `directory`/schema, where the first lines of the shipped files look for it."""
    folder = directory / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1] if len(sys.argv) > 1 else "config"))
