"""A list of another system's queries as rules: what pages and an API would ask, without a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config.rule_import import ForeignList, RuleImport, import_rules
from monitor.errors import ConfigError
from tests.config.helpers import OUTLET, RULE, loaded

ROWS = b"name,query,recipients\nLira,hd=lira and bank,ann@m.test\nPESKOV,bid,ann@m.test\nCodes,co=ibm and bid,\n"
FOREIGN = ForeignList("list.csv", ROWS, "factiva", ("desk@mail.test",))


def imported(tmp_path: Path, source: ForeignList) -> RuleImport:
    before = loaded(tmp_path, {"rules.yaml": RULE, "outlets.yaml": OUTLET})
    return import_rules(tmp_path, tmp_path / "data", before, source)


def test_rules_are_drafted_with_their_file_and_nothing_is_written(tmp_path: Path) -> None:
    found = imported(tmp_path, FOREIGN)
    assert [(row.line, row.name, place) for row, place in found.skipped] == [(3, "PESKOV", "rules.yaml:3")]
    lira, codes = found.drafts
    assert (lira.name, lira.query, lira.to, lira.active) == ("Lira", "title:lira AND bank", ("ann@m.test",), True)
    assert (codes.to, codes.active, codes.comment[0]) == (FOREIGN.to, False, "factiva: co=ibm and bid")
    assert found.edit is not None
    assert found.edit.file == tmp_path / "rules" / "imported-factiva.yaml"
    assert not found.edit.file.exists()
    found.edit.file.parent.mkdir()
    found.edit.write()
    assert set(loaded(tmp_path, {}).require_config().rules) == {"Peskov", "Lira", "Codes"}


def test_a_list_with_a_problem_makes_no_rule_at_all(tmp_path: Path) -> None:
    found = imported(tmp_path, ForeignList("list.csv", ROWS, "factiva"))
    assert found.problems == ("line 4: nobody is told (write a recipient, or --to WHO for all such rows)",)
    assert (found.drafts, found.edit) == ((), None)


def test_without_new_rules_there_is_no_file(tmp_path: Path) -> None:
    found = imported(tmp_path, ForeignList("list.csv", b"peskov,bid,ann@m.test\n", "factiva"))
    assert ([row.name for row, _ in found.skipped], found.edit) == (["peskov"], None)


def test_nothing_is_imported_into_a_folder_without_a_configuration(tmp_path: Path) -> None:
    before = loaded(tmp_path, {"monitor.yaml": "timezone: Nowhere\n"})
    with pytest.raises(ConfigError, match="Nowhere"):
        import_rules(tmp_path, tmp_path / "data", before, FOREIGN)
