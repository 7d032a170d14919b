"""Column types of ours: identifiers, money, and references that declarations can hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models


class MoneyField(models.BigIntegerField):  # type: ignore[type-arg]
    """This amount of money, stored in 分 (1/100 yuan); people read and write 元."""

    description = "金额（分）"


def yuan(fen: int) -> Decimal:
    """This stored amount (分) in 元, two decimals."""
    return Decimal(fen) / 100


def field_of(reference: Any) -> models.Field[Any, Any]:
    """This model field behind a reference in a declaration, e.g. ``Mediation.amount``.

    Django gives descriptors on model classes; each of them knows its field.
    """
    field = getattr(reference, "field", reference)
    if not isinstance(field, models.Field):
        raise TypeError(f"{reference!r} is not a model field")
    return field


def name_of(reference: Any) -> str:
    """This attribute name of a referenced model field."""
    return field_of(reference).name
