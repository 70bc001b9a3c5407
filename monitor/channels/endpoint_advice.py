"""Advise whoever sets up a chat or notification what a refusal usually means and what to try."""

from __future__ import annotations

import re

from monitor.channels.channel import Phase

# By channel; the first pattern that matches counts. Words are those of the services' documentation of errors.
_ADVICE: dict[str, dict[str, str]] = {
    "telegram": {
        r"chat not found|initiate conversation": (
            "the reader must open the bot and press Start first; then getUpdates shows the number of `chat`"
        ),
        r"status 40[14]\b": "the token is none that BotFather gave",
        r"not enough rights|write_forbidden|kicked": "let an admin of the group add the bot, and let it post",
        r"blocked by the user": "the reader has blocked the bot, and must unblock it",
    },
    "slack": {
        r"not_in_channel|channel_not_found": "invite the app into the channel (/invite), and write its id",
        r"invalid_auth|not_authed|token_|account_inactive": "the token must be the one of the app's bot (xoxb-…)",
        r"missing_scope": "give the app the scope chat:write, and install it into the workspace again",
    },
    "ntfy": {
        r"status 40[13]\b": "the topic is protected: `token_file` must hold a token that may publish there",
        r"no answer of ntfy": "`server` is not the address of an ntfy server",
    },
    "webhook": {
        r"status 40[13]\b": "the receiver wants another token: compare `token_file`, or `secret_file`",
        r"status 4(04|05|10)\b": "the receiver takes nothing at this path: compare the address with its own",
    },
}
_OF_ALL: dict[str, str] = {
    r"status 429\b": "too many messages for now: alerts wait by themselves and are sent later",
    r"status 5\d\d\b": "the service has trouble of its own: alerts wait by themselves and are sent later",
    r"(?i)connection refused|connect: ": "nothing answers there: is the service running, and are host and port right?",
}


def endpoint_advice(channel: str, phase: Phase) -> str:
    """Return what to try after a failed step of a channel; empty where nothing is known, or the step did not fail."""
    known = {**_ADVICE.get(channel, {}), **_OF_ALL}
    return next((text for pattern, text in known.items() if not phase.ok and re.search(pattern, phase.answer)), "")
