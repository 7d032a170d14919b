"""Publishing figures as data: one row a figure, with what it means, where it comes from and where its records are."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from fazhi.kernel.records.measures.declaring import Ratio
from fazhi.kernel.records.measures.figures import Figure
from fazhi.kernel.records.measures.opening import opens

COLUMNS = ("measure_key", "label", "unit", "period", "value", "state", "how", "definition", "opens")
# What a terminal shows of a definition and an address would only wrap.
_SHOWN = COLUMNS[:7]
_FINEST = Decimal("0.0001")


def row(figure: Figure) -> dict[str, Any]:
    """This figure as a row; a rate to four places, a value that is not there as None."""
    value = figure.value
    if value is not None and isinstance(figure.measure, Ratio):
        value = value.quantize(_FINEST)
    return {
        "measure_key": figure.measure.key,
        "label": figure.measure.label,
        "unit": figure.measure.unit,
        "period": figure.period.code,
        "value": value,
        "state": figure.state.value,
        "how": figure.how.value,
        "definition": figure.measure.definition,
        "opens": opens(figure),
    }


def to_csv(figures: Iterable[Figure]) -> str:
    """These figures as CSV, heads first."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**each, "value": _plain(each["value"])} for each in map(row, figures))
    return text.getvalue()


def to_json(figures: Iterable[Figure]) -> str:
    """These figures as a JSON list."""
    rows = [{**each, "value": _number(each["value"])} for each in map(row, figures)]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def to_table(figures: Iterable[Figure]) -> str:
    """These figures as a table of even columns for a terminal."""
    rows = [[_plain(each[name]) for name in _SHOWN] for each in map(row, figures)]
    return even([list(_SHOWN), *rows])


def even(rows: Sequence[Sequence[str]]) -> str:
    """These rows with columns of even width; a Chinese character is as wide as two others."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(each, widths, strict=True))
        for each in rows
    ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
