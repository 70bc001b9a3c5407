"""List the addresses that a configuration sends to, and find those that somebody means by a word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from monitor.channels import CHANNELS, MAIL_CHANNELS, EndpointOptions
from monitor.config import Config
from monitor.text import is_address
from monitor.text.similar_names import did_you_mean

MAIL = "mail"
OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class ListedRecipient:
    """An address of a person (none for one that only rules name) or of the operator, and the active rules that use it.

    `recipient` is what deliveries call it; `address` shows nothing that may be a secret.
    """

    recipient: str
    person: str
    channel: str
    address: str
    rules: int


def list_addresses(config: Config) -> list[ListedRecipient]:
    """Return every address: the operator's, those of people, and plain ones of rules."""
    counts = Counter(route.recipient for routes in config.routes.values() for route in routes)
    owners = dict.fromkeys(_operators(config), OPERATOR)
    owners |= {recipient: one.name for one in config.people.values() for recipient in one.recipients}
    return [
        ListedRecipient(recipient, owner, *_way(config, recipient), counts[recipient])
        for recipient, owner in (owners | {plain: "" for plain in sorted(counts) if plain not in owners}).items()
    ]


def recipients_meant(config: Config, word: str) -> list[str]:
    """Return the recipients that a word means.

    That is a recipient (`ann by telegram`), a mail address, a person or `operator` (with all addresses), or a channel:
    the operator's address there. Raises ValueError that says what the word could have been.
    """
    known = {one.recipient.casefold(): [one.recipient] for one in list_addresses(config)}
    known |= {OPERATOR: _operators(config)}
    for person in config.people.values():
        known[person.name.casefold()] = list(person.recipients)
        by_key = zip(person.addresses, person.recipients, strict=True)
        known |= {f"{person.name} by {key}".casefold(): [recipient] for key, recipient in by_key}
    lower = " ".join(word.casefold().split())
    if found := known.get(lower) or ([word] if is_address(word) else []):
        return found
    if lower in CHANNELS or lower in (MAIL, OPERATOR):
        return _of_channel(config, lower)
    hint = did_you_mean(word, [*known, *CHANNELS]) or "monitor channels list shows all"
    raise ValueError(f"{word!r} is no person, address or channel: {hint}")


def _of_channel(config: Config, channel: str) -> list[str]:
    """Return the operator's addresses of a channel; `mail` is either channel of mails."""
    channels = MAIL_CHANNELS if channel in (MAIL, *MAIL_CHANNELS) else (channel,)
    found = [one for one in _operators(config) if channel == OPERATOR or _way(config, one)[0] in channels]
    if not found:
        others = sorted({one.person for one in list_addresses(config) if one.channel in channels and one.person})
        hint = f"name a person: {', '.join(others)}" if others else "nobody has"
        raise ValueError(f"the operator has no address of {channel!r}: {hint}")
    return found


def _operators(config: Config) -> list[str]:
    settings = config.settings
    return [*settings.operator, *(one.recipient for one in settings.operator_endpoints)]


def _way(config: Config, recipient: str) -> tuple[str, str]:
    """Return the channel of a recipient, and its address as it may be shown."""
    endpoint = config.endpoints.get(recipient)
    if endpoint is None:
        return config.settings.channel, recipient
    options = endpoint.options
    return endpoint.channel, options.shown if isinstance(options, EndpointOptions) else ""
