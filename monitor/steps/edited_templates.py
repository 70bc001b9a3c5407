"""Make messages by the user's templates within bounds, in a process of its own: one that never ends delays no mail."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from monitor.alert_view import View
from monitor.channels.edited_layout import MAIL_SECONDS, MESSAGE_JOB
from monitor.config.mail_templates import Templates
from monitor.isolate import WorkerError, Workers
from monitor.model import Message


@dataclass(slots=True)
class EditedTemplates:
    """Whether the templates in force can be used; those that did not end for a mail are `set_aside`.

    They would delay every further mail.
    """

    workers: Workers = field(default_factory=lambda: Workers(MESSAGE_JOB, count=1, timeout=MAIL_SECONDS))
    set_aside: Templates = ()
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def adopt(self, templates: Templates) -> None:
        """Use these templates from now on, unless they are still those that were set aside."""
        if templates != self.set_aside:
            self.set_aside = ()

    async def message(self, channel: str, view: View) -> Message | str:
        """Return the message of a view by its own templates, or why they make none; empty where that was said."""
        async with self._turn:
            if view.templates == self.set_aside:
                return ""
            (made,) = await self.workers.run([(channel, view)])
            if isinstance(made, tuple):
                return Message(*made)
            if isinstance(made, WorkerError) and made.reason == "timeout":
                self.set_aside = view.templates
        return made if isinstance(made, str) else _fault(view, made)


def _fault(view: View, error: object) -> str:
    """Say what became of the process: it cannot tell which line it was at."""
    names = ", ".join(name for name, _ in view.templates)
    return f"laying out “{view.subject}” by {names} was ended ({error})"
