"""Define `a PRE/n b`: at most n words between them, a first."""

from __future__ import annotations

from monitor.query.operators.near import is_close
from monitor.query.operators.pairing import Binary

PRE = Binary("PRE", precedence=4, is_in_reach=is_close, default=4, ordered=True)
