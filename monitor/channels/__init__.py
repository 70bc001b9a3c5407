"""Render alerts and send them by mail, into a Maildir or to a webhook; `CHANNELS` lists every kind."""

from monitor.channels import email, mail_message, mail_options, maildir, webhook
from monitor.channels.channel import Channel, ChannelSession, Phase, Secrets, unrecorded
from monitor.channels.http_endpoint import EndpointOptions
from monitor.channels.smtp_advice import advice

_MAIL = (mail_message.render_mail, mail_message.read_mail)
_WEBHOOK = (webhook.render_payload, webhook.read_payload)

CHANNELS: dict[str, Channel] = {
    "email": Channel(mail_options.MailOptions, email.open_session, *_MAIL),
    "maildir": Channel(maildir.MaildirOptions, maildir.open_session, *_MAIL),
    "webhook": Channel(
        webhook.WebhookOptions, webhook.open_session, *_WEBHOOK, endpoint="An address to post to as JSON."
    ),
}
"""Every kind of channel by name."""
ENDPOINTS = {name: channel for name, channel in CHANNELS.items() if channel.endpoint}
"""The channels of which a recipient has an address of his own."""
MAIL_CHANNELS = tuple(name for name in CHANNELS if name not in ENDPOINTS)
"""The channels that send to mail addresses, all through the one account of mail."""

probe = email.probe

__all__ = [
    "CHANNELS",
    "ENDPOINTS",
    "MAIL_CHANNELS",
    "Channel",
    "ChannelSession",
    "EndpointOptions",
    "Phase",
    "Secrets",
    "advice",
    "probe",
    "unrecorded",
]
