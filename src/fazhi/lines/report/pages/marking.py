"""Marking a report's text: every figure with its verdict, numbered, so that text and proof point at each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_noop

from fazhi.figures import Kind, Statement, Verdict
from fazhi.kernel.records.measures.opening import opens
from fazhi.lines.report.queries.text import Line, Piece, ReportText
from fazhi.lines.report.queries.values import Stand
from fazhi.web import figuring
from fazhi.web.words import sentence

_SIGNS = {"agrees": "✓", "contradicts": "✗", "unbound": "?", "missing": "缺", "name": "·"}
_SAID = {
    "agrees": gettext_noop("与记录一致"),
    "contradicts": gettext_noop("不符"),
    "unbound": gettext_noop("手写未绑定"),
    "missing": gettext_noop("尚缺数据"),
    "name": gettext_noop("名称、日期"),
}
_VERDICTS = {
    Verdict.AGREES: "agrees",
    Verdict.EXPLAINED: "agrees",
    Verdict.CONTRADICTS: "contradicts",
    Verdict.UNBOUND: "unbound",
    Verdict.IGNORED: "name",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """This marked stretch of the text: where it is, how it stands, why, and the figure behind it, if there is one."""

    number: int
    start: int
    end: int
    text: str
    verdict: str
    reason: str
    piece: Piece | None = None

    @property
    def href(self) -> str:
        """Where a click on it leads: to the records, else to what the proof says of it."""
        if self.piece is not None and self.piece.figure is not None:
            return opens(self.piece.figure) or f"#v{self.number}"
        return f"#v{self.number}"


def mark(read: ReportText, statements: Sequence[Statement]) -> Marked:
    """This report's text with its marks, of ``statements`` as ``proof.of_report`` gives them."""
    placed = list(read.placed())
    of_pieces = [(piece.start, piece.end, piece.text, *_stands(piece, statements), piece) for piece in placed]
    of_words = [
        (each.start, each.end, each.surface, _VERDICTS[each.verdict], each.reason, None)
        for each in statements
        if not any(piece.start < each.end and each.start < piece.end for piece in placed)
    ]
    ordered = sorted([*of_pieces, *of_words], key=lambda found: found[:2])
    kept: list[Mark] = []
    for start, end, words, verdict, reason, piece in ordered:
        # What two statements share (均在95%以上) is marked once.
        if not kept or start >= kept[-1].end:
            kept.append(Mark(len(kept) + 1, start, end, words, verdict, reason, piece))
    return Marked(tuple(kept))


def _stands(piece: Piece, statements: Sequence[Statement]) -> tuple[str, str]:
    if piece.stand is Stand.MISSING:
        label = piece.figure.measure.label if piece.figure is not None else ""
        return "missing", f"{label}：{piece.reason}"
    if piece.stand is Stand.UNTRUE:
        return "contradicts", piece.reason
    told = [each for each in statements if piece.start < each.end and each.start < piece.end]
    worst = next((each for each in told if each.verdict is Verdict.CONTRADICTS), told[0] if told else None)
    if worst is None or worst.kind is not Kind.MEASURE:
        assert piece.figure is not None
        return "agrees", piece.figure.measure.label
    return _VERDICTS[worst.verdict], worst.reason


@dataclass(frozen=True, slots=True)
class Marked:
    """These marks of a text, in order."""

    marks: tuple[Mark, ...]

    def pieces(self, line: Line) -> list[dict[str, Any]]:
        """A line cut at its marks, as the template shows it."""
        return [piece for each in line.pieces for piece in self._cut(each)]

    def _cut(self, piece: Piece) -> Iterator[dict[str, Any]]:
        at = piece.start
        for found in self.marks:
            if found.end <= piece.start or found.start >= piece.end:
                continue
            # A figure typed across a token is marked as far as it lies in these words.
            start, end = max(found.start, piece.start), min(found.end, piece.end)
            if start > at:
                yield {"text": piece.text[at - piece.start : start - piece.start]}
            yield {
                "text": piece.text[start - piece.start : end - piece.start],
                "verdict": found.verdict,
                "id": found.number,
                "href": found.href,
                "title": sentence(found.reason),
            }
            at = end
        if at < piece.end:
            yield {"text": piece.text[at - piece.start :]}

    def sums(self) -> list[dict[str, Any]]:
        """How many marks stand how."""
        counted = Counter(each.verdict for each in self.marks)
        return [
            {"verdict": verdict, "sign": sign, "label": gettext(_SAID[verdict]), "count": counted[verdict]}
            for verdict, sign in _SIGNS.items()
        ]

    def proof(self) -> list[dict[str, Any]]:
        """The marks that are figures, each with the value of the records and the reason; what needs doing comes first."""
        worst = ("contradicts", "unbound", "missing", "agrees")
        return [
            {
                "id": each.number,
                "verdict": each.verdict,
                "sign": _SIGNS[each.verdict],
                "said": gettext(_SAID[each.verdict]),
                "surface": each.text,
                "figure": figuring.shown(each.piece.figure) if each.piece and each.piece.figure else None,
                "reason": sentence(each.reason),
            }
            for verdict in worst
            for each in self.marks
            if each.verdict == verdict
        ]
