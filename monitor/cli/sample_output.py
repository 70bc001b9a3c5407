"""Print what became of a sample message, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.text import clean

if TYPE_CHECKING:
    from monitor.steps.sample_mail import SampleResult


def print_sample(result: SampleResult) -> None:
    """Print each step with the server's answer, or where the sample lies."""
    if result.maildir:
        print(f"no mail host is set (mail.host in monitor.yaml): the specimen lies in {result.maildir}")
    for step in result.steps:
        print(f"{'ok  ' if step.ok else 'FAIL'} {step.name:<10} {clean(step.answer)}")
        if step.hint:
            print(f"     {'':<10} hint: {step.hint}")
