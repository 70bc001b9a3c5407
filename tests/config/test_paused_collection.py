"""The garbage collector rests while a configuration is built, and works again afterwards, whatever happens."""

from __future__ import annotations

import gc

import pytest

from monitor.config.paused_collection import paused_collection


def broken() -> None:
    """Fail within a pause that has another pause before the failure."""
    with paused_collection():
        with paused_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise ValueError("broken")


def test_the_collector_rests_inside_and_works_again_afterwards() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"):
        broken()
    assert gc.isenabled()
