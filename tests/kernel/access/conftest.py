"""The district, for tests of access."""

from tests.world import world

__all__ = ["world"]
