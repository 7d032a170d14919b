"""Answers: JSON, quickly written, and what went wrong as a list of field and reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localtime

from fazhi.kernel.ground.core.errors import Fault

_MIME = "application/json; charset=utf-8"


def answer(content: Any, status: int = 200) -> HttpResponse:
    """This as JSON."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_plain)
    response = HttpResponse(body.encode(), status=status, content_type=_MIME)
    # What an account may see belongs to nobody's cache.
    response["Cache-Control"] = "private, no-store"
    return response


def refused(faults: Sequence[Fault] | str, status: int, **more: Any) -> HttpResponse:
    """These faults, each with its field (empty: the request as a whole)."""
    found = [Fault(faults)] if isinstance(faults, str) else faults
    return answer({"faults": [{"field": each.field, "reason": each.reason} for each in found], **more}, status)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"{type(value).__name__} has no place in an answer")
