"""Define the keys of `login:`, the account with which an outlet's pages are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from monitor.config import scalars as v
from monitor.config import values
from monitor.config.key_types import StrictKeys

_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def _field_text(value: object) -> str:
    """Return what a field of a form is given, in which `{user}` and `{password}` stand for those of the account."""
    if isinstance(value, dict):
        raise values.refuse("expected text, found a mapping", 'in quotes: "{user}"')
    text = values.text_of(value)
    for name in _PLACEHOLDER.findall(text):
        if name not in ("user", "password"):
            raise values.refuse(f"{{{name}}} stands for nothing", "known here: {user} and {password}")
    return text


FieldText = Annotated[str, BeforeValidator(_field_text), WithJsonSchema({"type": ["string", "number", "boolean"]})]


class LoginKeys(StrictKeys):
    """An account at an outlet, and the form by which it is logged in."""

    url: v.Url = Field(description="The address of the page with the form.")
    user: v.Line | None = Field(default=None, description="The name or mail address of the account.")
    password_file: v.Line = Field(description="A file with its password.")
    fields: Mapping[v.Line, FieldText] = Field(
        default={},
        description='Fields of the form, like {email: "{user}"}; otherwise its password and the field before that.',
    )
    works: v.Line | None = Field(
        default=None, description="What the page after the login shows if that worked, like Log out."
    )
