"""Warn of several spellings of names.yaml that stand in one text."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.config.cross_file_problems import ProblemReport
from monitor.config.file_parser import ParsedFile
from monitor.config.values import quoted
from monitor.text.name_lists import several_forms


def warn_of_several_forms(files: Iterable[ParsedFile], report: ProblemReport) -> None:
    """Warn of spellings that are several with commas between; older files have them, and they count as one."""
    for parsed_file in files:
        for loc, entry in parsed_file.entries("names"):
            for key, texts in (("also", entry.also), ("not", entry.excluded)):
                for number, text in enumerate(texts):
                    if len(forms := several_forms(text)) > 1:
                        hint = f"expected a list: {key}: [{', '.join(forms)}]"
                        report.warn(parsed_file, (*loc, key, number), f"{quoted(text)} counts as one spelling", hint)
