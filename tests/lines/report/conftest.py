"""What tests of the report's screens share with those of all screens."""

from tests.web.conftest import enters, nothing_kept, now

__all__ = ["enters", "nothing_kept", "now"]
