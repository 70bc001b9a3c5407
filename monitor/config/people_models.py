"""Define the keys of people and teams; the channels declare the addresses that a person may have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationInfo, create_model
from pydantic_core import PydanticCustomError

from monitor.channels import ENDPOINTS
from monitor.config import scalars as v
from monitor.config.key_types import OrAddress, RouteDefaults, StrictKeys, Words


def endpoint_fields() -> dict[str, Any]:
    """Return a key for each channel of which a recipient has an address of his own, by what the channel declares."""
    fields: dict[str, Any] = {}
    for name, channel in ENDPOINTS.items():
        of_channel = channel.options.model_fields
        # With the messages of these files for what is no web address.
        urls: Any = {key: (v.Url, of_channel[key]) for key in ("url", "server") if key in of_channel}
        model: Any = create_model(f"{name.title()}Address", __base__=channel.options, **urls)
        address = Annotated[model, OrAddress(is_url=channel.options.BARE == "url")]
        fields[name] = (address | None, Field(default=None, description=channel.endpoint))
    return fields


class PersonDefaults(RouteDefaults):
    """What holds for every person of a file."""

    timezone: v.Zone | None = Field(
        default=None, description="The zone that times are written in and quiet hours counted in."
    )
    shared: v.Flag | None = Field(
        default=None,
        description="Whether several people read it, so that you are asked before a wish mutes it for all.",
    )


MAIL = "mail"
"""The key of a person's mail address; those of other addresses are the names of their channels."""
ADDRESSES_OF_PERSON = (MAIL, *ENDPOINTS)
"""The keys of a person's addresses, in the order in which messages name them."""


class PersonEntry(PersonDefaults):
    """Somebody who is told of news, without the addresses, which the channels declare."""

    name: v.Name = Field(description="What rules and teams call this person.")
    away: v.Away | None = Field(
        default=None, description="Days without mail: 2026-12-24..2027-01-06; one digest follows, or “, no digest”."
    )
    by: Words | None = Field(
        default=None, description="Which of several addresses rules mean that name none; otherwise all."
    )


def _some_address(mail: str | None, info: ValidationInfo) -> str | None:
    # An address that is wrong is not in `data`; its own error says enough.
    if mail is None and all(name in info.data and info.data[name] is None for name in ENDPOINTS):
        context = {"hint": f"an address is needed: {' or '.join(ADDRESSES_OF_PERSON)}"}
        raise PydanticCustomError("missing", "an address is missing", context)
    return mail


_PERSON: Any = create_model(
    "PersonFileEntry",
    __base__=PersonEntry,
    __doc__="Somebody who is told of news.",
    **endpoint_fields(),
    mail=(
        Annotated[v.Address | None, AfterValidator(_some_address)],
        Field(default=None, validate_default=True, description="The address that mails go to."),
    ),
)


class PeopleKeys(StrictKeys):
    """people.yaml without people and teams."""

    defaults: PersonDefaults = Field(default=PersonDefaults(), description="What holds for every person of this file.")


PeopleFile: type[PeopleKeys] = create_model(
    "PeopleFile",
    __base__=PeopleKeys,
    __doc__="people.yaml or people/*.yaml: who is told.",
    people=(tuple[_PERSON, ...], Field(default=(), description="Who can be told of news.")),
    teams=(
        Mapping[v.Name, Words],
        Field(default={}, description="A name for several people, addresses or teams."),
    ),
)


class TeamsFile(StrictKeys):
    """teams.yaml or teams/*.yaml."""

    teams: Mapping[v.Name, Words] = Field(default={}, description="A name for several people, addresses or teams.")
