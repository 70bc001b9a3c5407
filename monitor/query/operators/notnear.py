"""`a NOT NEAR/n b`: some a that has no b within n words, nor on top of it."""

from __future__ import annotations

from monitor.query.operators.near import close
from monitor.query.operators.pairing import Binary

NOT_NEAR = Binary("NOT NEAR", tightness=3, reach=close, default=4, without=True)
