"""The ways in which outlets damage their feeds, each as a function from a clean feed's text to damaged bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Damage = Callable[[str], tuple[bytes, dict[str, str]]]
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>\s*")
_WARNING = "<br />\n<b>Warning</b>:  Undefined variable $feed in <b>/var/www/rss.php</b> on line <b>12</b><br />\n"


def bare(text: str) -> str:
    """A feed's text without its XML declaration."""
    return _DECLARATION.sub("", text)


def _declared(text: str, charset: str) -> str:
    return f'<?xml version="1.0" encoding="{charset}"?>\n{bare(text)}'


def _recoded(charset: str, declared: str = "", header: str = "") -> Damage:
    def damage(text: str) -> tuple[bytes, dict[str, str]]:
        text = _declared(text, declared) if declared else bare(text)
        headers = {"content-type": f"text/xml; charset={header}"} if header else {}
        return text.encode(charset, "xmlcharrefreplace"), headers

    return damage


def _text(change: Callable[[str], str]) -> Damage:
    return lambda text: (change(_declared(text, "utf-8")).encode(), {})


def _bytes(change: Callable[[bytes], bytes]) -> Damage:
    return lambda text: (change(_declared(text, "utf-8").encode()), {})


def _middle(text: str, wanted: str) -> int:
    """The place of `wanted` nearest after the middle."""
    found = text.find(wanted, len(text) // 2)
    return found if found >= 0 else len(text) // 2


def _bad_byte(body: bytes) -> bytes:
    place = body.find(b"</title>", len(body) // 2)
    return body[:place] + b"\xff" + body[place:] if place >= 0 else body


def _half_letter(body: bytes) -> bytes:
    """One multi-byte letter of a description loses its second byte."""
    match = re.compile(rb"<description>[^<\x80-\xff]*[\xd0-\xdf]").search(body, len(body) // 2)
    return body[: match.end()] + body[match.end() + 1 :] if match else body


def _few_cut_letters(body: bytes) -> bytes:
    """Every other letter of the first six beyond ASCII, outside of titles, loses its last byte."""
    titles = [match.span() for match in re.finditer(rb"(?s)<title.*?</title>", body)]
    letters = [
        match
        for match in re.finditer(rb"[\xc2-\xf4][\x80-\xbf]+", body)
        if not any(start <= match.start() < end for start, end in titles)
    ]
    for match in letters[:6:2][::-1]:
        body = body[: match.end() - 1] + body[match.end() :]
    return body


def _doubled(text: str) -> tuple[bytes, dict[str, str]]:
    """UTF-8 that was read as Latin-1 and encoded again."""
    return _declared(text, "utf-8").encode().decode("latin-1").encode(), {}


def _cut_short(text: str) -> str:
    end = max(text.rfind("</title>"), text.rfind("</link>"))
    return text[: end + 8 if end > 0 else len(text) * 9 // 10] + "<description>Обрыв на полу"


def _ampersands(text: str) -> str:
    text = re.sub(r"<link>(https?://[^<]*)</link>", r"<link>\1?a=1&b=2&amp=3</link>", text)
    return text.replace("<description>", "<description>R&D & Co: AT&T ", 3)


def _entities(text: str) -> str:
    return re.sub(r"<description>(?!<!\[)", "<description>&nbsp;&mdash;&hellip; &laquo;", text).replace(
        "</copyright>", "&copy;</copyright>"
    )


def _case(text: str) -> str:
    return text.replace("<item>", "<Item>").replace("</title>", "</Title>").replace("<pubDate>", "<PUBDATE>")


def _raw_html(text: str) -> str:
    return re.sub(r"<description>(?!<!\[)", "<description><p>Текст<br>и <img src=x><b>жирный</p> ", text)


def _undeclared(text: str) -> str:
    return re.sub(r"\sxmlns:\w+=(\"[^\"]*\"|'[^']*')", "", text)


def _unclosed_cdata(text: str) -> str:
    place = _middle(text, "]]></description>")
    return text[:place] + text[place + 3 :] if text.startswith("]]>", place) else text


def _twice(text: str) -> str:
    return text[: text.find("?>") + 2] + "\n" + text


def _control(text: str) -> str:
    return text.replace("</title>", "\x0b\x1f</title>").replace("<item>", "<item>\x00")


DAMAGES: Mapping[str, Damage] = {
    "as it is": _text(lambda text: text),
    "undeclared utf-8": _recoded("utf-8"),
    "declares windows-1251, is utf-8": _recoded("utf-8", "windows-1251", "windows-1251"),
    "header says iso-8859-1, is utf-8": _recoded("utf-8", "utf-8", "iso-8859-1"),
    "utf-8 with a mark": _bytes(lambda body: b"\xef\xbb\xbf" + body),
    "utf-16 that declares utf-8": _recoded("utf-16", "utf-8"),
    "blank lines before": _text(lambda text: f"\n\r\n  \n{text}"),
    "a PHP warning before": _text(lambda text: _WARNING + text),
    "text after": _text(lambda text: f"{text}\n<!-- 0.12 s --><script>count()</script>"),
    "two declarations": _text(_twice),
    "one bad byte": _bytes(_bad_byte),
    "half a letter": _bytes(_half_letter),
    "a few cut letters": _bytes(_few_cut_letters),
    "encoded twice": _doubled,
    "cut short": _text(_cut_short),
    "unescaped &": _text(_ampersands),
    "undeclared entities": _text(_entities),
    "wrong case": _text(_case),
    "raw HTML in descriptions": _text(_raw_html),
    "undeclared prefixes": _text(_undeclared),
    "an unclosed CDATA": _text(_unclosed_cdata),
    "control characters": _text(_control),
    "a missing end": _text(lambda text: re.sub(r"</(?:channel|rss|feed|rdf:RDF)>", "", text)),
    "an item without its end": _text(lambda text: text.replace("</item>", "", 1)),
    "unquoted attributes": _text(lambda text: re.sub(r"isPermaLink=[\"'](\w+)[\"']", r"isPermaLink=\1", text)),
    "a bare <": _text(lambda text: re.sub(r"<description>(?!<!\[)", "<description>5 < 7 и 3<4 ", text, count=3)),
}
CYRILLIC: Mapping[str, Damage] = {
    "cp1251 undeclared": _recoded("cp1251"),
    "koi8-r undeclared": _recoded("koi8-r"),
    "cp1251 that declares utf-8": _recoded("cp1251", "utf-8", "utf-8"),
    "koi8-r that declares windows-1251": _recoded("koi8-r", "windows-1251"),
    "cp1251 that declares koi8-r": _recoded("cp1251", "koi8-r"),
    "cp1251 that declares iso-8859-1": _recoded("cp1251", "iso-8859-1"),
}
LATIN: Mapping[str, Damage] = {
    "cp1252 undeclared": _recoded("cp1252"),
    "cp1252 that declares utf-8": _recoded("cp1252", "utf-8", "utf-8"),
}
