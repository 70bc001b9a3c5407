"""Define a rule of the files, with every key resolved."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.config.models import RuleDefaults
from monitor.model import Route


@dataclass(frozen=True, slots=True)
class Rule:
    """A named query and the routes of its matches; the name identifies it across edits.

    `keys` are its other keys, each from the rule or else from the defaults of its file: a new one is a line there and
    nothing here.
    """

    name: str
    query: str
    routes: tuple[Route, ...]
    keys: RuleDefaults

    @property
    def active(self) -> bool:
        """Whether it is asked."""
        return self.keys.active is not False

    @property
    def wait_for_text(self) -> bool:
        """Whether it judges an article on its full text only."""
        return bool(self.keys.wait)
