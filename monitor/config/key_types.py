"""Define the types that the keys of several files share: lists, addresses, and when somebody is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema

from monitor.config import scalars as v
from monitor.config import values
from monitor.text import without_credentials


class StrictKeys(BaseModel):
    """A mapping of the files: only the keys that are written here, never changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OrAddress:
    """Tells editors that an entry may be a bare address: one of the web, or a name or number."""

    def __init__(self, *, is_url: bool = True) -> None:
        self.bare = v.URL_SCHEMA if is_url else {"type": ["string", "integer"]}

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [self.bare, handler(core)]}


def _one_or_many(item: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [item, {"type": "array", "items": item}]})


_WORD = {"type": ["string", "number", "boolean"]}

Urls = Annotated[tuple[v.Url, ...], BeforeValidator(values.as_list), _one_or_many(v.URL_SCHEMA)]
Addresses = Annotated[
    tuple[v.Address, ...], BeforeValidator(values.as_list), _one_or_many({"type": "string", "pattern": "@"})
]
Words = Annotated[tuple[v.Name, ...], BeforeValidator(values.as_list), _one_or_many(_WORD)]
Terms = Annotated[tuple[v.Term, ...], BeforeValidator(values.as_list), _one_or_many(_WORD)]
PrivateHosts = Annotated[tuple[v.PrivateHost, ...], BeforeValidator(values.as_list), _one_or_many({"type": "string"})]


def short_addresses(address: Callable[[str], str]) -> object:
    """Return the type of a key under which something shorter stands that `address` turns into addresses.

    `address` raises ValueError(message, hint) for what it cannot turn into one.
    """

    def parse(value: Any) -> str:
        text = values.text_of(value)
        try:
            return address(text)
        except ValueError as error:
            message, hint = error.args
            raise values.refuse(f"{values.quoted(without_credentials(text))} {message}", hint) from None

    text = {"type": "string"}
    return Annotated[
        tuple[Annotated[str, BeforeValidator(parse), WithJsonSchema(text)], ...],
        BeforeValidator(values.as_list),
        _one_or_many(text),
    ]


class RouteDefaults(StrictKeys):
    """When and how much mail a person gets, unless something nearer says otherwise."""

    send: v.Send | None = Field(
        default=None,
        description="at once, every 30m, hourly, daily 08:00, 16:00, workdays 08:00 or weekly Mon, Thu 09:00.",
    )
    max_per_hour: v.Count | None = Field(default=None, description="Mails an hour before they become a digest.")
    quiet: v.Quiet | None = Field(default=None, description="Hours without mail, like 22:00-07:00, or no.")
