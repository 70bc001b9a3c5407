"""Define the types of the files' scalars: how each is parsed, and how an editor's schema describes it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from monitor.config import addresses, cadence, dates, values
from monitor.model import Cadence, Holiday
from monitor.model import Fulltext as FulltextChoice


def _schema(kind: str | list[str], **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


# An editor's schema sees a number or a boolean where the text of a scalar looks like one.
_SCALAR = ["string", "number", "boolean"]
_LENGTH = r"^([0-9]+ *[smhdwSMHDW][a-z]*|forever)$"
_HOURS = r"^(no|[0-9]{1,2}:[0-9]{2} *[-\u2013] *[0-9]{1,2}:[0-9]{2})$"
_CLOCKS = r"[0-9]{1,2}:[0-9]{2}((,| and|) *[0-9]{1,2}:[0-9]{2})*"
_DAYS = "[A-Za-z]+((,| and|-|\u2013|) *[A-Za-z]+)*"
_WHEN = f"^(at once|hourly|every .+|(daily|workdays|weekdays|working days) {_CLOCKS}|weekly {_DAYS} {_CLOCKS})$"

Interval = Annotated[
    timedelta,
    BeforeValidator(values.parse_duration),
    AfterValidator(values.within_a_week),
    _schema("string", pattern=_LENGTH),
]
Silence = Annotated[
    timedelta,
    BeforeValidator(values.parse_duration),
    AfterValidator(values.within_ten_minutes),
    _schema("string", pattern=_LENGTH),
]
Retention = Annotated[
    timedelta,
    BeforeValidator(values.parse_duration),
    AfterValidator(values.at_least_a_day),
    _schema("string", pattern=_LENGTH),
]
Quiet = Annotated[
    tuple[time, time] | str, BeforeValidator(values.parse_quiet), _schema(["string", "boolean"], pattern=_HOURS)
]
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MOMENT = f"^{_DATE}([ T][0-9]{{1,2}}:[0-9]{{2}})?$"
_DAYS_AWAY = f"^{_DATE} *[.][.] *{_DATE}(,? *no digest)?$"
End = Annotated[datetime, BeforeValidator(dates.parse_end), _schema("string", pattern=_MOMENT)]
Away = Annotated[Holiday, BeforeValidator(dates.parse_away), _schema("string", pattern=_DAYS_AWAY)]
Send = Annotated[Cadence, BeforeValidator(cadence.parse_cadence), _schema("string", pattern=_WHEN)]
FeedZone = Annotated[str, BeforeValidator(values.parse_feed_zone), _schema(["string", "boolean"])]
Zone = Annotated[str, BeforeValidator(values.parse_zone), _schema("string")]
Address = Annotated[str, BeforeValidator(addresses.parse_address), _schema("string", pattern="@")]
Sender = Annotated[str, BeforeValidator(addresses.parse_sender), _schema("string", pattern="@")]
URL_SCHEMA = {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}
Url = Annotated[str, BeforeValidator(addresses.parse_url), WithJsonSchema(URL_SCHEMA)]
Proxy = Annotated[
    str,
    BeforeValidator(addresses.parse_proxy),
    WithJsonSchema({"anyOf": [URL_SCHEMA, {"enum": ["no", "none", False]}]}),
]
Fulltext = Annotated[FulltextChoice, BeforeValidator(values.no_flag)]
Flag = Annotated[
    bool, BeforeValidator(values.parse_flag), WithJsonSchema({"enum": [True, False, "yes", "no", "on", "off"]})
]
Count = Annotated[int, BeforeValidator(values.parse_count), _schema("integer", minimum=1)]
Parsers = Annotated[
    int, BeforeValidator(values.parse_parsers), _schema("integer", minimum=1, maximum=values.MOST_PARSERS)
]
AtOnce = Annotated[
    int, BeforeValidator(values.parse_at_once), _schema("integer", minimum=1, maximum=values.MOST_AT_ONCE)
]
Name = Annotated[str, BeforeValidator(values.parse_name), _schema(_SCALAR)]
Line = Annotated[str, BeforeValidator(values.parse_line), _schema(_SCALAR)]
Language = Annotated[str, BeforeValidator(values.parse_language), _schema(["string", "boolean"])]
Country = Annotated[str, BeforeValidator(values.parse_country), _schema(["string", "boolean"])]
PrivateHost = Annotated[str, BeforeValidator(addresses.parse_private_host), _schema("string")]
Listen = Annotated[str, BeforeValidator(addresses.parse_listen), _schema("string")]
Host = Annotated[str, BeforeValidator(addresses.parse_host), _schema("string")]
Database = Annotated[str, BeforeValidator(addresses.parse_database), _schema("string")]
Wait = Annotated[bool, BeforeValidator(values.parse_wait), WithJsonSchema({"enum": ["text", "no", False]})]
Meaning = Annotated[bool, BeforeValidator(values.parse_meaning), WithJsonSchema({"enum": ["auto", "no", False]})]
Term = Annotated[str, BeforeValidator(values.parse_term), _schema(_SCALAR)]
