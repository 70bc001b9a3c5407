"""The jobs of a worker that lays out by templates of the user's: such a template may never end, or want all memory.

Arguments and answers are what passes a pipe to `isolate`: the answers are strings and bytes in tuples.
"""

from __future__ import annotations

from dataclasses import astuple

from monitor.alert_view import View
from monitor.channels import CHANNELS
from monitor.channels.layout import EditedTemplateError, lay_out
from monitor.errors import RenderError

TEXT_JOB = f"{__name__}:text_of"
MESSAGE_JOB = f"{__name__}:message_of"
TRIAL_SECONDS = 2.0
"""Processor time that a template may take for a sample."""
MAIL_SECONDS = 5.0
"""Processor time that the templates may take for one mail, which is laid out several times where it is large."""


def text_of(given: tuple[View, str, tuple[str, ...]]) -> str | tuple[str, int, str]:
    """Return what `lay_out` makes of these arguments, or the name, line and reason of a template that fails."""
    try:
        return lay_out(*given)
    except EditedTemplateError as error:
        return error.name, error.line, error.reason


def message_of(given: tuple[str, View]) -> tuple[str | bytes, ...] | str:
    """Return the fields of the message that this channel makes of a view, or why it cannot be made."""
    channel, view = given
    try:
        return astuple(CHANNELS[channel].message(view))
    except RenderError as error:
        return str(error)
