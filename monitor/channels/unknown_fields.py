"""Say of a name that an edited template misspells what it is of, and the nearest one there is."""

from __future__ import annotations

from jinja2 import StrictUndefined
from jinja2.utils import missing

from monitor.text.similar_names import did_you_mean

GIVEN = ("mail", "reply_to", "ways")
"""What templates are given, by name."""


class UnknownField(StrictUndefined):
    """Stands for what a template names and there is not; every use of it is an error."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, of = str(self._undefined_name), self._undefined_obj
        if self._undefined_hint or not isinstance(self._undefined_name, str):
            return str(super()._undefined_message)
        if of is missing:
            said, known = f"{name!r} is undefined", list(GIVEN)
        else:
            known = [one for one in dir(type(of)) if not one.startswith("_")]
            said = f"{type(of).__name__} has no {name!r}"
        hint = did_you_mean(name, known)
        return f"{said} ({hint})" if hint else said
