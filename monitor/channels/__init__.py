"""Send finished messages by mail, into a Maildir or to a webhook; `CHANNELS` lists every kind."""

from monitor.channels import email, mail_options, maildir, webhook
from monitor.channels.channel import Channel, ChannelSession, Phase, Secrets
from monitor.channels.smtp_advice import advice

CHANNELS: dict[str, Channel] = {
    "email": Channel(mail_options.MailOptions, email.open_session),
    "maildir": Channel(maildir.MaildirOptions, maildir.open_session),
    "webhook": Channel(webhook.WebhookOptions, webhook.open_session),
}
"""Every kind of channel by name: the model of its settings and how a session is opened."""

probe = email.probe

__all__ = ["CHANNELS", "Channel", "ChannelSession", "Phase", "Secrets", "advice", "probe"]
