"""The settings of the mail account (`mail:` in monitor.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from monitor.text import split_mailbox

PASSWORD_VARIABLE = "MONITOR_SMTP_PASSWORD"  # noqa: S105  the name of a variable
PORTS = {"starttls": 587, "tls": 465, "none": 25}


class Options(BaseModel):
    """Settings of the mail account (`mail:` in monitor.yaml)."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    sender: str = Field(alias="from", description="`News monitor <monitor@example.org>`")
    host: str = Field(min_length=1, description="the mail server")
    port: int | None = Field(default=None, ge=1, le=65535, description="default: 587, with tls 465, with none 25")
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="how the connection is encrypted"
    )
    user: str = Field(default="", description="the account's name; without it no login")
    password_file: Path | None = Field(
        default=None, description=f"file that holds the password; or {PASSWORD_VARIABLE}"
    )
    ca_file: Path | None = Field(
        default=None, description="certificates to trust beside the system's, for a private server"
    )
    timeout: float = Field(default=60, gt=0, le=600, description="seconds that each step may take")

    @field_validator("sender")
    @classmethod
    def _has_address(cls, value: str) -> str:
        split_mailbox(value)
        return value

    @model_validator(mode="after")
    def _login_is_safe(self) -> Self:
        if self.security == "none" and self.user and self.host not in ("localhost", "127.0.0.1", "::1"):
            raise ValueError("a password does not travel in clear: `security: none` allows no `user`")
        return self

    @property
    def at_port(self) -> int:
        """The port to connect to."""
        return self.port or PORTS[self.security]
