"""Fold the spellings of an address to one, so that an article is recognised whoever links to it and however.

Own rules, on the syntax of RFC 3986 and the normalisations of its section 6.
"""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.articles.other_addresses import is_at_known_host, is_at_platform, original_url, platform_url
from monitor.hostnames import plain_spelling, registered_from

_LONGEST = 8000
_SHAPE = re.compile(r"(?:https?:)?//([^/?#\\]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_INVISIBLE = re.compile(r"[\t\r\n\u00ad\u200b\u200e\u200f\u2028\u2029\u2060\ufeff]+")
# Zero-width joiners tell host names apart (Persian, Hindi; RFC 5892, appendix A), and never articles: removed in paths.
_JOINERS = {0x200C: None, 0x200D: None}
# Browsers remove controls and spaces at both ends (WHATWG URL, 4.4); pasted addresses have others, too.
_EDGES = "".join(map(chr, range(33))) + "\x7f\u00a0\u3000"
_PERCENT = re.compile(r"%([0-9a-fA-F]{2})?")
_NOT_URL_CHARACTERS = re.compile(r"[^!-~]+")
# RFC 3986, section 2.3: these mean the same with and without percent-encoding.
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")

_PAGE = re.compile("[/?#].")
# Most addresses: nothing can be folded but the host and the last slash, unless a segment says AMP or print.
_PLAIN = re.compile(r"(https?://[a-z0-9.:-]+)((?:/[\w-]+)+)/?", re.ASCII)
# An article's own path has a number (its id or date) or a slug of three words.
_NUMBER_OR_SLUG = re.compile(r"\d|(?:[^\W_]+[-_+]){2}[^\W_]")
_DEFAULT_PORTS = frozenset({"", "80", "443"})
_HOST_SPELLINGS = frozenset({"www", "m", "mobile", "amp", "pda", "wap", "touch"})
_INDEX = re.compile(r"(?:index|default)\.(?:html?|php|aspx?|jsp)", re.IGNORECASE)
_AMP_SEGMENTS = frozenset({"amp", "google-amp", "amp.html"})
_AMP_ENDINGS = re.compile(r"(?<=.)(?:\.amp)+(?=(?:\.html?)?$)", re.IGNORECASE)
_PRINT = frozenset({"print", "printable"})

# Query parameters that only ever say how the reader got there (own list). A name by which some site selects the article
# (id, p, page, s, cid, lang) must never be here: a tracking parameter that is missing from the list costs a second
# mail, a name that does not belong here costs an article.
_TRACKING_PREFIXES = tuple(
    """
    utm_ at_ ns_ pk_ mtm_ matomo_ piwik_ hsa_ _hs __hs oly_ vero_ fb_ itm_ trk_ stm_ guce_ wt. _branch_ gad_ _x_tr_
    __cf_chl_
    """.split()  # noqa: SIM905
)
_TRACKING = frozenset(
    """
    fbclid gclid gclsrc gbraid wbraid dclid yclid ymclid ysclid msclkid twclid ttclid igshid igsh li_fat_id rb_clickid
    _openstat openstat xtor xtref xts xtcr s_cid s_kwcid spm mkt_tok mc_cid mc_eid mbid cmpid cmp ocid ncid ftag icid
    intcid intcmp ito smid smtyp emc maca _ga _gl guccounter soc_src soc_trk sr_share sfnsn mibextid traffic_source
    __twitter_impression __s _kx hsctatracking wickedid dicbo tblci oborigurl feedtype feedname rss amp _amp hs_amp
    amp-content amp_js_v amp_gsa usqp sc_campaign sc_channel sc_src ref_src ref_url replytocom
    srsltid epik rdt_cid irclickid cjevent zanpid elqtrackid elqtrack _bhlid hootpostid dm_i tgclid roistat ybaip erid
    ck_subscriber_id yadclid
    """.split()  # noqa: SIM905 - quotes around a hundred words would hide the words
)
# These may select what is shown, so they are removed only when the value is a channel that readers come through.
_REFERRERS = frozenset({"ref", "referer", "referrer", "from", "source", "src", "via"})
_CHANNEL_NAMES = frozenset({"partner", "medium", "origin", "cid", "output", "outputtype", "share", "campaign"})
_CHANNEL = re.compile(
    r"(rss|atom|feeds?|twitter|tw|facebook|fb|telegram|tg|whatsapp|vk|vkontakte|linkedin|reddit|flipboard"
    r"|newsletter|e?mail|push|google_?news|dlvr\.it|ifttt|amp)(?:[-_.:|][\w.:|-]*)?",
    re.IGNORECASE,
)
# A page to be printed or for AMP; other values may select what is shown (`print=48213`, `view=photo`).
_VIEW_NAMES, _VIEWS = frozenset({"view", "format", "mode", "output", "tmpl"}), frozenset({"amp", "print", "component"})
_YES = frozenset({"", "1", "true", "yes", "y", "on", "print"})
# A session id is new for every reader; some sites use `sid` for a story's number, which is short.
_SESSIONS = frozenset("sid sessid sessionid session_id phpsessid jsessionid cftoken".split())  # noqa: SIM905
_SESSION = re.compile(r"[0-9a-z_-]{16,}(?:[.!][0-9a-z_.!-]*)?", re.IGNORECASE)
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
# A fragment is a place in a page, except where a script routes by it (`#!/…`) or where it names one entry of a live
# page (a live blog's block, a comment): there only the fragment tells the articles apart.
_NAMES_AN_ARTICLE = re.compile(r"[!/].+|[a-z_-]*(?:\d{5,}|(?=[0-9a-f-]*\d)[0-9a-f-]{12,})", re.IGNORECASE | re.DOTALL)


# An entry often states its address twice, as link and as id, and all the addresses of a feed share a few hosts.
@lru_cache(maxsize=512)
def fold_url(url: str) -> str:
    """Return the one spelling that all variants of an http address share; anything else is only trimmed.

    The result starts with `https://` and has no tracking parameters, AMP labels, default port or plain fragment.
    """
    # In a third of the time of all the rules, which tell nothing more of it.
    if (plain := _PLAIN.fullmatch(url)) and len(url) <= _LONGEST and (site := _plain_site(plain[1])):
        hint = plain[2].lower()
        if "amp" not in hint and "print" not in hint:
            return f"{site}{plain[2]}"
    return _fold_by_rules(url)


def _fold_by_rules(url: str) -> str:
    url = url.strip(_EDGES) if url.isascii() and url.isprintable() else _INVISIBLE.sub("", url).strip(_EDGES)
    if len(url) > _LONGEST:
        return url
    while original := original_url(url):
        url = original
    folded = platform_url(_fold(url))
    return fold_url(folded) if original_url(folded) else folded


@lru_cache(maxsize=512)
def _plain_site(site: str) -> str:
    """Return the folded beginning of a site's addresses; empty where one may hold another or have several forms."""
    host = fold_host(site.partition("://")[2])
    folded = f"https://{host}/"
    is_special = is_at_known_host(f"{site}/") or is_at_known_host(folded) or is_at_platform(folded)
    return "" if is_special or not host else folded[:-1]


@lru_cache(maxsize=512)
def fold_host(authority: str) -> str:
    """Return the host of a URL's authority in lower-case ASCII, without user, default port and mobile or AMP labels."""
    authority = authority.rpartition("@")[2].strip(_EDGES)
    at = authority.find("]") + 1 if authority.startswith("[") else 0
    host, _, port = (part.strip(_EDGES) for part in authority[at:].partition(":"))
    if at:
        literal = authority[:at].lower()
        return literal if port in _DEFAULT_PORTS else f"{literal}:{port}"
    host = ".".join(_labels(host))
    labels = _labels(plain_spelling(host))  # a dot may have been of another script
    at = registered_from(labels)  # m.co.uk is a registered name, not the mobile site of co.uk
    host = ".".join([label for label in labels[:at] if label not in _HOST_SPELLINGS] + labels[at:])
    return host if not host or port in _DEFAULT_PORTS else f"{host}:{port}"


def _labels(host: str) -> list[str]:
    return [label for part in host.split(".") if (label := part.strip(_EDGES))]


def names_a_page(folded: str) -> bool:
    """Tell whether a folded address can be an article's: http, at most 8000 characters, not a site's front page."""
    return len(folded) <= _LONGEST and folded.startswith("https://") and _PAGE.search(folded, 8) is not None


def is_live_page(url: str) -> bool:
    """Tell whether an address has neither a number nor a slug of three words: `/live`, where articles come and go."""
    return _NUMBER_OR_SLUG.search(url.partition("://")[2].partition("/")[2]) is None


def _fold(url: str) -> str:
    found = _SHAPE.fullmatch(url)
    host = fold_host(found[1]) if found else ""
    if found is None or not host:
        return url
    folded = f"https://{host}{_fold_path(found[2])}"
    if found[3] and (query := _fold_query(found[3])):
        folded += "?" + query
    if found[4] and _NAMES_AN_ARTICLE.fullmatch(found[4]):
        folded += "#" + _recode(found[4])
    return folded


def _fold_path(path: str) -> str:
    path = _SESSION_IN_PATH.sub("", path) if ";" in path else path
    parts = _without_dots([part for part in _recode(path).split("/") if part])
    hint = path.lower()
    while parts and ("amp" in hint or "index" in hint or "default" in hint or "print" in hint):
        shorter = _without_amp(parts)
        if shorter and (_INDEX.fullmatch(shorter[-1]) or _is_print(shorter)):
            shorter.pop()
        if shorter == parts:
            break
        parts = shorter
    return "/" + "/".join(parts) if parts else ""


def _without_dots(parts: list[str]) -> list[str]:
    """Resolve the segments `.` and `..` (RFC 3986, 5.2.4)."""
    if "." not in parts and ".." not in parts:
        return parts
    resolved: list[str] = []
    for part in parts:
        if part == "..":
            del resolved[-1:]
        elif part != ".":
            resolved.append(part)
    return resolved


def _is_print(parts: list[str]) -> bool:
    """Tell whether a path is that of an article to be printed: `/news/48213/print`, but not `/newspaper/print`."""
    return parts[-1].lower() in _PRINT and _NUMBER_OR_SLUG.search("/".join(parts[:-1])) is not None


def _without_amp(parts: list[str]) -> list[str]:
    """Remove the path segments that only say AMP, and such an ending of the last one."""
    start = 2 if [part.lower() for part in parts[:2]] == ["platform", "amp"] else 0
    parts = [part for part in parts[start:] if part.lower() not in _AMP_SEGMENTS]
    return [*parts[:-1], _AMP_ENDINGS.sub("", parts[-1])] if parts else parts


def _fold_query(query: str) -> str:
    pairs = []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if pair and not _is_tracking(name.lower().removeprefix("amp;"), value):
            pairs.append((_recode(name), _recode(pair)))
    if len(pairs) > 1:
        # A stable sort by name alone: where one name comes twice, the order of its values may mean something.
        pairs.sort(key=lambda pair: pair[0])
    return "&".join(pair for _, pair in pairs)


def _is_tracking(name: str, value: str) -> bool:
    if name in _TRACKING or name.startswith(_TRACKING_PREFIXES):
        return True
    if name in _SESSIONS or name.startswith("aspsessionid"):
        return _SESSION.fullmatch(value) is not None
    if name in _REFERRERS:
        return _CHANNEL.fullmatch(value) is not None
    if name in _VIEW_NAMES and value.lower() in _VIEWS:
        return True
    if name in _PRINT:
        return value.lower() in _YES
    found = _CHANNEL.fullmatch(value) if name in _CHANNEL_NAMES else None
    return found is not None and found[1] == value


def _recode(text: str) -> str:
    """Normalise percent-encoding (RFC 3986, 6.2.2): unreserved characters decoded, others in UTF-8 and upper case."""
    if "%" in text:
        text = _PERCENT.sub(_recode_escape, text)
    if not (text.isascii() and text.isprintable() and " " not in text):
        text = _NOT_URL_CHARACTERS.sub(_encode, text)
    return text


def _recode_escape(found: re.Match[str]) -> str:
    if found[1] is None:
        return "%25"
    letter = chr(int(found[1], 16))
    return letter if letter in _UNRESERVED else found[0].upper()


def _encode(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].translate(_JOINERS).encode("utf-8", "surrogatepass"))
