"""Registers: how people see and enter a record kind; screens, forms, API, import and export derive from them."""

from fazhi.kernel.records.register.columns import Column, Kind
from fazhi.kernel.records.register.declaring import REGISTERS, Group, Register, home_of, register_of
from fazhi.kernel.records.register.intake import Lookups, read
from fazhi.kernel.records.register.listing import Listing, Page

__all__ = [
    "REGISTERS",
    "Column",
    "Group",
    "Kind",
    "Listing",
    "Lookups",
    "Page",
    "Register",
    "home_of",
    "read",
    "register_of",
]
