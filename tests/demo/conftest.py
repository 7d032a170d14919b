"""The demonstration, for the tests of this folder."""

from tests.demonstration import demonstration, demonstration_database

__all__ = ["demonstration", "demonstration_database"]
