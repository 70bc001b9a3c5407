"""The edge out: a finished message in, the word of whoever took it out; CHANNELS is every way that there is."""

from monitor.channels import email, mail_options, maildir, webhook
from monitor.channels.channel import Channel, Phase, Secrets, Session
from monitor.channels.smtp_advice import advice

CHANNELS: dict[str, Channel] = {
    "email": Channel(mail_options.Options, email.open_session),
    "maildir": Channel(maildir.Options, maildir.open_session),
    "webhook": Channel(webhook.Options, webhook.open_session),
}
"""Every kind of channel: its settings and how a session is opened."""

probe = email.probe

__all__ = ["CHANNELS", "Channel", "Phase", "Secrets", "Session", "advice", "probe"]
