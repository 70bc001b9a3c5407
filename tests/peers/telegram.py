"""Pages of t.me in their real markup, without what no parser reads (scripts, icons, counters)."""

from __future__ import annotations

AT = "2026-11-29T12:00:00+00:00"


def text(html: str) -> str:
    """The text of a post."""
    return f'<div class="tgme_widget_message_text js-message_text" dir="auto">{html}</div>'


def post(number: str, *parts: str, at: str = AT, kind: str = "", edited: str = "", signature: str = "") -> str:
    """A post, `number` being `NAME/123`, of these parts in their order; `kind` is one more class."""
    signed = f'<span class="tgme_widget_message_from_author" dir="auto">{signature}</span>, ' if signature else ""
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap">'
        f'<div class="tgme_widget_message text_not_supported_wrap {kind} js-widget_message" data-post="{number}">'
        '<div class="tgme_widget_message_user"><a href="https://t.me/harbour">'
        '<i class="tgme_widget_message_user_photo"></i></a></div><div class="tgme_widget_message_bubble">'
        '<div class="tgme_widget_message_author accent_color">'
        '<a class="tgme_widget_message_owner_name" href="https://t.me/harbour"><span dir="auto">Гавань</span></a></div>'
        f"{''.join(parts)}"
        '<div class="tgme_widget_message_reactions js-message_reactions"><span class="tgme_reaction">'
        '<i class="emoji"><b>👍</b></i>17</span></div>'
        '<div class="tgme_widget_message_footer compact js-message_footer"><div class="tgme_widget_message_info short">'
        '<span class="tgme_widget_message_views">1.2K</span><span class="copyonly"> views</span>'
        f'<span class="tgme_widget_message_meta">{signed}{edited}'
        f'<a class="tgme_widget_message_date" href="https://t.me/{number}">'
        f'<time datetime="{at}" class="time">12:00</time></a></span></div></div></div></div></div>'
    )


def preview(name: str, *posts: str, title: str = "", older: int | None = None) -> str:
    """The preview page of a channel with these posts, the oldest first; `older` is where the page before ends."""
    link = f'<link rel="prev" href="/s/{name}?before={older}">' if older else ""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} – Telegram</title>'
        f'<meta property="og:title" content="{title}">{link}</head><body class="widget_frame_base tgme_webpreview">'
        '<header><div class="tgme_channel_info"><div class="tgme_channel_info_header">'
        f'<div class="tgme_channel_info_header_title"><span dir="auto">{title}</span></div></div></div></header>'
        '<main class="tgme_main">'
        f'<section class="tgme_channel_history js-message_history">{"".join(posts)}</section></main></body></html>'
    )


def no_preview(title: str, members: str) -> str:
    """The page that t.me redirects to where a name has no preview."""
    heading = f'<div class="tgme_page_title"><span dir="auto">{title}</span></div>' if title else ""
    extra = f'<div class="tgme_page_extra">{members}</div>' if members else ""
    return (
        '<!DOCTYPE html><html><head><title>Telegram: Contact @harbour</title></head><body class="no_transition">'
        f'<div class="tgme_page_wrap"><div class="tgme_body_wrap"><div class="tgme_page">{heading}{extra}'
        '<div class="tgme_page_description">If you have Telegram, you can contact @harbour right away.</div>'
        '<div class="tgme_page_action"><a class="tgme_action_button_new" href="tg://resolve?domain=harbour">View in '
        "Telegram</a></div></div></div></div></body></html>"
    )
