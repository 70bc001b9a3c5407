"""Send finished messages by mail, into a Maildir or to a webhook; `CHANNELS` lists every kind."""

from monitor.channels import email, mail_message, mail_options, maildir, webhook
from monitor.channels.channel import Channel, ChannelSession, Phase, Secrets
from monitor.channels.smtp_advice import advice

CHANNELS: dict[str, Channel] = {
    "email": Channel(mail_options.MailOptions, email.open_session, mail_message.render_mail, mail_message.read_mail),
    "maildir": Channel(maildir.MaildirOptions, maildir.open_session, mail_message.render_mail, mail_message.read_mail),
    "webhook": Channel(webhook.WebhookOptions, webhook.open_session, webhook.render_payload, webhook.read_payload),
}
"""Every kind of channel by name."""

probe = email.probe

__all__ = ["CHANNELS", "Channel", "ChannelSession", "Phase", "Secrets", "advice", "probe"]
