"""Which files of the folder are ours, and where those of a kind are."""

import pytest

from monitor.config.folder import files_of_kind

SHIPPED = (
    "monitor.yaml",
    "names.yaml",
    "outlets/britain.yaml",
    "outlets/turkey.yaml",
    "people.yaml",
    "rules.yaml",
)


@pytest.mark.parametrize(
    ("kind", "paths", "home"),
    [
        ("outlets", SHIPPED, "outlets/*.yaml"),
        ("rules", SHIPPED, "rules.yaml"),
        ("teams", SHIPPED, "teams.yaml"),
        ("outlets", ("outlets/ua/press.yml",), "outlets/ua/press.yml"),
        ("outlets", ("outlets.yml", "outlets/a.yaml", "outlets/b.yaml"), "outlets.yml or outlets/*.yaml"),
        ("rules", (), "rules.yaml"),
    ],
)
def test_a_hint_names_the_files_that_are_there(kind: str, paths: tuple[str, ...], home: str) -> None:
    assert files_of_kind(kind, paths) == home
