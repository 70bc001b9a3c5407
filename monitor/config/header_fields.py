"""Check the headers that an outlet's entry adds to requests: their names, and what a value may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from monitor.config import scalars as v
from monitor.config import values

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.1
_VALUE = re.compile(r"[\x20-\x7e\t]+")  # RFC 9110, 5.5, without bytes beyond ASCII
_OURS = {
    "user-agent": "give user_agent: beside it",
    "host": "it is made of the address",
    "accept-encoding": "we read gzip and deflate only",
    **dict.fromkeys(("content-length", "transfer-encoding", "content-type"), "our requests have no body"),
    **dict.fromkeys(
        ("connection", "keep-alive", "te", "trailer", "upgrade", "expect", "http2-settings"),
        "it belongs to the connection, which is ours",
    ),
    **dict.fromkeys(("proxy-authorization", "proxy-connection"), "give proxy: and proxy_password_file: beside it"),
    **dict.fromkeys(
        ("if-none-match", "if-modified-since", "if-match", "if-unmodified-since", "if-range", "range"),
        "we ask whether a feed has changed by ourselves",
    ),
}
"""Headers that a request cannot be given, with the reason."""


def _field_name(text: str) -> str:
    """Return the name of a header that may be added to requests."""
    if not _NAME.fullmatch(text):
        raise values.refuse("expected the name of a header", "letters, digits and dashes: X-Api-Key")
    if reason := _OURS.get(text.lower()):
        raise values.refuse(f"the header {text} cannot be set", reason)
    return text


def field_value(text: Any) -> str:
    """Return the value of a header; what is none is an error that does not show it, since it may be a secret."""
    stripped = values.text_of(text)
    if not _VALUE.fullmatch(stripped):
        raise values.refuse("expected a header's value: ASCII letters, digits and signs on one line")
    return stripped


def _mapping(value: Any) -> Any:
    if not isinstance(value, Mapping):
        # The general message would show the text, which may hold a secret.
        raise values.refuse("expected a mapping of names to values", "for example {X-Client: abc}")
    return value


FieldName = Annotated[
    str, AfterValidator(_field_name), WithJsonSchema({"type": "string", "pattern": f"^{_NAME.pattern}$"})
]
FieldValue = Annotated[str, BeforeValidator(field_value), WithJsonSchema({"type": ["string", "number", "boolean"]})]
Headers = Annotated[Mapping[FieldName, FieldValue], BeforeValidator(_mapping)]
HeaderFiles = Annotated[Mapping[FieldName, v.Line], BeforeValidator(_mapping)]
