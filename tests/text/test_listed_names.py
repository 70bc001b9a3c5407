"""The shipped names.yaml in Polish and Czech news: its spellings in their cases, read by the matcher that runs live."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from monitor.model import Article, Outlet
from monitor.query import document
from tests.text.test_forms_hard import NOW, compiled

SET = Path(__file__).parents[1] / "data" / "names" / "listed.tsv"
CARRIERS = {"pl": "Wczoraj dużo mówiono o {} w prasie.", "cs": "Včera se hodně mluvilo o {} v tisku."}


@pytest.mark.parametrize(("language", "floor"), [("pl", 0.95), ("cs", 0.98)])
def test_shipped_names_are_found_in_their_cases(language: str, floor: float) -> None:
    lines = [line for line in SET.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    missed, wanted = [], 0
    for row in csv.DictReader(lines, delimiter="\t"):
        rule = compiled(f'name("{row["english"]}")', is_shipped=True)
        for form in row[language].split(", "):
            body = CARRIERS[language].format(form)
            read = document(Article("outlet", "", "", body=body, language=language), Outlet("outlet", "", ()))
            wanted += 1
            missed += [f"{row['english']}>{form}"] if rule.match(read, NOW) is None else []
    assert wanted > 120
    assert 1 - len(missed) / wanted >= floor, missed
