"""Process text of any language, the same for rules and articles: canonical words, sentences, HTML, and `forms`."""

from __future__ import annotations

from typing import TYPE_CHECKING

# Imported at once: `sentences` is a module and a function of it, and a lazy import would leave the module here.
from monitor.text.counts import counted, times
from monitor.text.sentences import paragraphs, sentence_at, sentences

if TYPE_CHECKING:
    from monitor.text.designations import is_designation, join_numbers
    from monitor.text.html import nested_deeper, plain, resolved, to_text
    from monitor.text.lookalikes import is_mixed
    from monitor.text.mailbox import ascii_address, invisible, is_address, split_mailbox
    from monitor.text.marks import few_marks
    from monitor.text.moments import when, when_typed
    from monitor.text.redact import names_secret, without_credentials
    from monitor.text.safe_line import clean, printable
    from monitor.text.tokens import Token, Tokens, canonical, plain_word, tokenize

WORDS_VERSION: str

__all__ = [
    "WORDS_VERSION",
    "Token",
    "Tokens",
    "ascii_address",
    "canonical",
    "clean",
    "counted",
    "few_marks",
    "invisible",
    "is_address",
    "is_designation",
    "is_mixed",
    "join_numbers",
    "names_secret",
    "nested_deeper",
    "paragraphs",
    "plain",
    "plain_word",
    "printable",
    "resolved",
    "sentence_at",
    "sentences",
    "split_mailbox",
    "times",
    "to_text",
    "tokenize",
    "when",
    "when_typed",
    "without_credentials",
]

_MODULE_OF = {
    "Token": "tokens",
    "Tokens": "tokens",
    "ascii_address": "mailbox",
    "canonical": "tokens",
    "clean": "safe_line",
    "few_marks": "marks",
    "invisible": "mailbox",
    "is_address": "mailbox",
    "is_designation": "designations",
    "is_mixed": "lookalikes",
    "join_numbers": "designations",
    "names_secret": "redact",
    "nested_deeper": "html",
    "plain": "html",
    "plain_word": "tokens",
    "printable": "safe_line",
    "resolved": "html",
    "split_mailbox": "mailbox",
    "to_text": "html",
    "tokenize": "tokens",
    "when": "moments",
    "when_typed": "moments",
    "without_credentials": "redact",
}


def _words_version() -> str:
    """Return a digest of all code that canonical words depend on: stored words of another version are outdated."""
    from hashlib import blake2b
    from pathlib import Path

    home = Path(__file__).parent
    files = [home / f"{name}.py" for name in ("arabic_letters", "letters", "lookalikes", "marks", "tokens")]
    return blake2b(b"\0".join(file.read_bytes() for file in files), digest_size=8).hexdigest()


def __getattr__(name: str) -> object:
    if name == "WORDS_VERSION":
        return _words_version()
    # The character tables take 40 ms to build, which `monitor --help` need not spend.
    from importlib import import_module

    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value
