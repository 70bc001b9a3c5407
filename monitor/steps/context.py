"""Bundle what the steps of a running monitor share; a function that needs one part takes that part alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.steps.active_config import ActiveConfig
from monitor.steps.claims import Claims
from monitor.steps.clock import Clock
from monitor.steps.edited_templates import EditedTemplates
from monitor.steps.meanings import Meanings
from monitor.steps.outlet_access import OutletAccess
from monitor.steps.sending_accounts import LeftAccount
from monitor.steps.signals import Signals
from monitor.steps.story_memory import StoryMemory
from monitor.store import Store


@dataclass(frozen=True, slots=True)
class Context:
    """The parts of a running monitor; a worker does not conduct, and leaves to the conductor what one alone may do.

    `left` are the accounts by which this process cannot send, and which it leaves to others.
    """

    store: Store
    claims: Claims
    active: ActiveConfig
    access: OutletAccess
    clock: Clock
    conducts: bool = True
    signals: Signals = field(default_factory=Signals)
    stories: StoryMemory = field(default_factory=StoryMemory)
    meanings: Meanings = field(default_factory=Meanings)
    templates: EditedTemplates = field(default_factory=EditedTemplates)
    left: dict[str, LeftAccount] = field(default_factory=dict)
