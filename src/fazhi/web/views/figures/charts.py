"""Charts as plain SVG: what the template draws, every mark with its number and the list behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fazhi.kernel.records.measures.figures import Figure
from fazhi.web import figuring
from fazhi.web.words import sentence

_WIDTH, _HEIGHT = 720, 220
_LEFT, _RIGHT, _TOP, _FOOT = 8, 8, 20, 22
_ROW, _NAMES, _NUMBERS = 28, 132, 84
_MOST_ROWS = 24
_ROUND = tuple(map(Decimal, ("1", "1.2", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10")))


@dataclass(frozen=True, slots=True)
class Bar:
    """This bar: its label, the figure, and the one it is compared with, if any."""

    label: str
    figure: Figure
    before: Figure | None = None


def columns(
    question: str, bars: Sequence[Bar], *, legend: Sequence[tuple[str, str]], heads: Sequence[str]
) -> dict[str, Any]:
    """Upright bars side by side, such as the months of two years."""
    top = _ceiling([each for bar in bars for each in (bar.figure, bar.before) if each is not None])
    floor, step = _HEIGHT - _FOOT, (_WIDTH - _LEFT - _RIGHT) / max(len(bars), 1)
    wide = min(24.0, step * 0.36)
    marks, texts = [], []
    for place, bar in enumerate(bars):
        middle = _LEFT + step * (place + 0.5)
        pair = [
            (bar.before, "was", middle - wide - 1),
            (bar.figure, "now", middle + 1 if bar.before else middle - wide / 2),
        ]
        for figure, css, x in pair:
            if figure is None or figure.value is None:
                continue
            height = float(figure.value / top) * (floor - _TOP)
            marks.append(_mark(bar, figure, css, x, floor - height, wide, height))
            if css == "now":
                texts.append(_text(x + wide / 2, floor - height - 5, _short(figure), css="v"))
        texts.append(_text(middle, _HEIGHT - 6, bar.label))
    line = {"x1": 0, "y1": floor, "x2": _WIDTH, "y2": floor}
    return _chart(question, _HEIGHT, [line], marks, texts, bars, legend, heads)


def rows(question: str, bars: Sequence[Bar], *, heads: Sequence[str]) -> dict[str, Any]:
    """Level bars one below the other, the longest first, such as the units of a district."""
    shown = list(bars[:_MOST_ROWS])
    top = _ceiling([bar.figure for bar in shown])
    room = _WIDTH - _NAMES - _NUMBERS
    marks, texts = [], []
    for place, bar in enumerate(shown):
        y = place * _ROW
        texts.append(_text(_NAMES - 8, y + 18, bar.label, anchor="end"))
        if bar.figure.value is None:
            continue
        length = float(bar.figure.value / top) * room
        marks.append(_mark(bar, bar.figure, "now", _NAMES, y + 5, max(length, 1), _ROW - 10))
        texts.append(_text(_NAMES + length + 6, y + 18, _short(bar.figure), anchor="start", css="v"))
    return _chart(question, max(len(shown), 1) * _ROW, [], marks, texts, bars, (), heads)


def _chart(
    question: str,
    height: int,
    lines: list[dict[str, Any]],
    marks: list[dict[str, Any]],
    texts: list[dict[str, Any]],
    bars: Sequence[Bar],
    legend: Sequence[tuple[str, str]],
    heads: Sequence[str],
) -> dict[str, Any]:
    cells = [[bar.figure, *([bar.before] if bar.before is not None else [])] for bar in bars]
    return {
        "question": question,
        "width": _WIDTH,
        "height": height,
        "lines": lines,
        "marks": marks,
        "texts": texts,
        "legend": [{"class": css, "label": label} for css, label in legend],
        "columns": heads,
        "rows": [
            {"label": bar.label, "cells": [{**figuring.shown(each), "how": ""} for each in row]}
            for bar, row in zip(bars, cells, strict=True)
        ],
    }


def _mark(bar: Bar, figure: Figure, css: str, x: float, y: float, width: float, height: float) -> dict[str, Any]:
    text, unit = figuring.written(figure)
    return {
        "class": css,
        "x": _place(x),
        "y": _place(y),
        "width": _place(width),
        "height": _place(height),
        "href": figuring.shown(figure)["href"] if figure.value else "",
        "said": f"{bar.label} · {sentence(figure.period.label)} · {text} {unit}".strip(),
    }


def _text(x: float, y: float, text: str, *, anchor: str = "middle", css: str = "") -> dict[str, Any]:
    return {"x": _place(x), "y": _place(y), "text": text, "anchor": anchor, "class": css}


def _place(number: float) -> str:
    """This place on the drawing; a number of the page's own language would have a comma in it elsewhere."""
    return f"{number:.1f}"


def _short(figure: Figure) -> str:
    """The number alone, in 万 where it is long."""
    text, unit = figuring.written(figure)
    return f"{text}{unit[0]}" if unit.startswith("万") else text


def _ceiling(figures: Sequence[Figure]) -> Decimal:
    """The value the longest bar stands for: a round number at or above every figure."""
    most = max((figure.value for figure in figures if figure.value is not None), default=Decimal(0))
    if most <= 0:
        return Decimal(1)
    step = Decimal(10) ** (most.adjusted())
    return next(step * each for each in _ROUND if step * each >= most)
