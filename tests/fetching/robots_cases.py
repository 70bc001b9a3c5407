"""What RFC 9309 (and Google's parser, where it is silent) says that `monitor/0.1` may request: file, path, answer."""

from __future__ import annotations

STAR = "User-agent: *\n"
BOTH = "User-agent: *\nDisallow: /b\nUser-agent: monitor\nDisallow: /a\n"
TWICE = "User-agent: monitor\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: monitor\nDisallow: /b\n"
PATHS = [
    # which rule counts: the longest, allow at a tie (2.2.2)
    ("Disallow: /a", "/a", False),
    ("Disallow: /a", "/ab", False),
    ("Disallow: /a", "/b", True),
    ("Disallow: /a", "/A", True),
    ("Disallow: /\nAllow: /p", "/page", True),
    ("Disallow: /p/\nAllow: /p/open", "/p/open/x", True),
    ("Disallow: /a\nAllow: /a", "/a", True),
    ("Allow: /a\nDisallow: /*/b", "/a/b", False),
    ("Allow: /page\nDisallow: /*.htm", "/page.htm", False),
    ("Allow: /page\nDisallow: /*.ph", "/page.php5", True),
    ("Disallow:", "/x", True),
    ("Disallow: b", "/b", True),
    ("Disallow: /", "/robots.txt", True),
    ("Disallow: /" + "a" * 3000, "/" + "a" * 3001, False),
    # * and $ (2.2.3)
    ("Disallow: *", "/a", False),
    ("Disallow: /*.pdf$", "/x.pdf", False),
    ("Disallow: /*.pdf$", "/x.pdf?y", True),
    ("Disallow: /x*y", "/xay", False),
    ("Disallow: /x*y", "/xa", True),
    ("Disallow: /*?", "/a?b", False),
    ("Disallow: /*?", "/a", True),
    ("Disallow: /$", "/", False),
    ("Disallow: /$", "/x", True),
    ("Allow: /$\nDisallow: /", "/", True),
    ("Disallow: /a**b", "/axb", False),
    ("Disallow: /a*$", "/abc", False),
    ("Disallow: /a$b", "/a$b", False),
    ("Disallow: /a$b", "/a", True),
    ("Disallow: /fish*.php", "/fishheads/catfish.php?parameters", False),
    # percent-encoding (2.2.2)
    ("Disallow: /новости", "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8", False),
    ("Disallow: /%D0%BD", "/н", False),
    ("Disallow: /%d0%bd", "/%D0%BD", False),
    ("Disallow: /%7Ejoe", "/~joe", False),
    ("Disallow: /~joe", "/%7Ejoe", False),
    ("Disallow: /a%2Fb", "/a/b", True),
    ("Disallow: /a%2Fb", "/a%2fb", False),
    ("Disallow: /a%2A", "/a*", False),
    ("Disallow: /a%2A", "/ab", True),
    ("Disallow: /a%24", "/a$", False),
    ("Disallow: /a%24", "/a", True),
    ("Disallow: /a*c", "/a%2Ac", False),
    # lines as people write them
    ("disallow: /x", "/x", False),
    ("DISALLOW : /x", "/x", False),
    ("Disallow:/x", "/x", False),
    ("Dissallow: /x", "/x", False),
    ("Disallow: /x#c", "/x", False),
    ("Disallow: /a\nSitemap: https://e.org/s.xml\nDisallow: /b", "/b", False),
    ("Disallow: /b\nNoindex: /c", "/c", True),
    ("Foo: bar\nDisallow: /b", "/b", False),
    ("Crawl-delay: 3\nDisallow: /b", "/b", False),
]
FILES = [
    # whose group counts (2.2.1)
    (BOTH, "/b", True),
    (BOTH, "/a", False),
    (TWICE, "/b", False),
    ("User-agent: MONITOR\nDisallow: /a", "/a", False),
    ("User-agent: monitor/2.0\nDisallow: /a", "/a", False),
    ("User-agent: monitorbot\nDisallow: /b", "/b", True),
    ("User-agent: mon\nDisallow: /b", "/b", True),
    ("User-agent: moni\nDisallow: /\nUser-agent: *\nDisallow: /q", "/x", True),
    ("User-agent: x\nUser-agent: monitor\nDisallow: /b", "/b", False),
    ("User-agent: x\n\nUser-agent: monitor\n\nDisallow: /b", "/b", False),
    ("User-agent: monitor\nFoo: 1\nUser-agent: x\nDisallow: /b", "/b", False),
    ("Useragent: monitor\nDisallow: /b", "/b", False),
    ("User-agent: *\nDisallow: /q\nUser-agent: monitor\nDisallow:", "/q", True),
    ("User-agent: *\nDisallow:\nUser-agent: monitor\nDisallow: /", "/x", False),
    ("User-agent: *\nCrawl-delay: 3\nUser-agent: x\nDisallow: /b", "/b", True),
    # the file itself
    ("", "/x", True),
    ("Disallow: /", "/x", True),
    ("<html><body>Disallow: /</body></html>", "/x", True),
    ("\ufeff" + STAR + "Disallow: /x", "/x", False),
    ("\ufeffUser-agent: monitor\r\nDisallow: /x\r\n", "/x", False),
    ("User-agent: *\rDisallow: /x\r", "/x", False),
    (STAR + "# no\n" * 200_000 + "Disallow: /x\n", "/x", True),  # more than 500 KiB (2.5)
]
CASES = [(STAR + rules, path, allowed) for rules, path, allowed in PATHS] + FILES
