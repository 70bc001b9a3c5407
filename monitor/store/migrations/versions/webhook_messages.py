"""Store the messages of webhooks as the JSON that is posted: they were mails, converted at each attempt."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_messages = sa.table(
    "messages",
    sa.column("delivery_id"),
    sa.column("message_id"),
    sa.column("subject"),
    sa.column("raw", sa.LargeBinary),
)
_deliveries = sa.table("deliveries", sa.column("id"), sa.column("channel"), sa.column("recipient"))


def upgrade() -> None:
    """Convert the stored messages of webhooks, so that what waits is posted as before; the ids stay."""
    conn, m = op.get_bind(), _messages.c
    mails = sa.select(m.delivery_id, m.message_id, m.subject, m.raw, _deliveries.c.recipient)
    mails = mails.join(_deliveries, _deliveries.c.id == m.delivery_id).where(_deliveries.c.channel == "webhook")
    for row in conn.execute(mails).all():
        change = sa.update(_messages).where(m.delivery_id == row.delivery_id)
        conn.execute(change.values(raw=_payload(row)))


def _payload(row: Any) -> bytes:
    mail = message_from_bytes(bytes(row.raw), policy=policy.default)
    text = mail.get_body(("plain",))
    payload = {
        "id": row.message_id,
        "to": row.recipient,
        "from": str(mail["From"]),
        "subject": row.subject,
        "date": str(mail["Date"]),
        "rules": [str(value) for value in mail.get_all("X-Monitor-Rule", [])],
        "outlets": [str(value) for value in mail.get_all("X-Monitor-Outlet", [])],
        "text": text.get_content().replace("\r\n", "\n") if text else "",
    }
    return json.dumps(payload, ensure_ascii=False).encode()
