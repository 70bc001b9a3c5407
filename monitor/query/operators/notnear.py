"""Define `a NOT NEAR/n b`: an a without any b that overlaps it or lies within n words."""

from __future__ import annotations

from monitor.query.operators.near import is_close
from monitor.query.operators.pairing import Binary

NOT_NEAR = Binary("NOT NEAR", precedence=3, is_in_reach=is_close, default=4, excludes_partner=True)
