"""A misspelt name in a template of one's own is answered with what there is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.alerts.sample_alert import sample_views
from monitor.channels.layout import EditedTemplateError, lay_out
from monitor.channels.unknown_fields import GIVEN
from monitor.channels.ways_out import WayOut


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ mail.story.titel }}", "Story has no 'titel' (did you mean title?)"),
        ("{{ mail.storry.title }}", "View has no 'storry' (did you mean story?)"),
        ("{{ mial.story }}", "'mial' is undefined (did you mean mail?)"),
        ("{{ wayz }}", "'wayz' is undefined (did you mean ways?)"),
        ("{{ mail.groups[99].rule }}", "UndefinedError: "),
        ("{{ nothing_like_it }}", "'nothing_like_it' is undefined"),
    ],
)
def test_the_nearest_name_is_told(text: str, said: str) -> None:
    (view, *_) = sample_views()
    with pytest.raises(EditedTemplateError) as failed:
        lay_out(replace(view, templates=((f"{view.layout}.txt", text),)), "txt")
    assert said in failed.value.reason
    assert "monitor." not in failed.value.reason


def test_a_way_out_without_a_field_is_its_words_and_link() -> None:
    (view, *_) = sample_views()
    edited = replace(view, templates=((f"{view.layout}.txt", "{% for way in ways %}{{ way }}{% endfor %}"),))
    assert lay_out(edited, "txt", ways=(WayOut("Stop it", "mailto:it@x.test"),)) == "Stop it: mailto:it@x.test\n"
    assert set(GIVEN) == {"mail", "reply_to", "ways"}
