"""`a PRE/n b`: at most n words between, a first."""

from __future__ import annotations

from monitor.query.operators.near import close
from monitor.query.operators.pairing import Binary

PRE = Binary("PRE", tightness=4, reach=close, default=4, ordered=True)
