"""Render alerts and send them by mail, into a Maildir, to webhooks, chats and phones; `CHANNELS` lists every kind."""

from monitor.channels import (
    apprise_library,
    email,
    mail_message,
    mail_options,
    maildir,
    ntfy,
    slack,
    telegram_bot,
    webhook,
)
from monitor.channels.channel import Channel, ChannelOptions, ChannelSession, Phase, Secrets, TracedSession, unrecorded
from monitor.channels.endpoint_advice import endpoint_advice
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
    "telegram": Channel(
        telegram_bot.TelegramOptions,
        telegram_bot.open_session,
        telegram_bot.render_telegram,
        telegram_bot.read_telegram,
        endpoint="A chat with a Telegram bot.",
    ),
    "slack": Channel(
        slack.SlackOptions,
        slack.open_session,
        slack.render_slack,
        slack.read_slack,
        endpoint="A channel or member of a Slack workspace.",
    ),
    "ntfy": Channel(
        ntfy.NtfyOptions,
        ntfy.open_session,
        ntfy.render_ntfy,
        ntfy.read_ntfy,
        endpoint="A topic of ntfy, which shows notifications on phones.",
    ),
    "apprise": Channel(
        apprise_library.AppriseOptions,
        apprise_library.open_session,
        apprise_library.render_apprise,
        apprise_library.read_apprise,
        endpoint="A file with an address of the library Apprise, for services that have no key of their own.",
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
    "ChannelOptions",
    "ChannelSession",
    "EndpointOptions",
    "Phase",
    "Secrets",
    "TracedSession",
    "advice",
    "endpoint_advice",
    "probe",
    "unrecorded",
]
