"""Writing what a proof found into a copy of the Word file it was made from, as comments at the figures."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from fazhi.figures.model import Statement, Verdict
from fazhi.figures.proof import Proof
from fazhi.figures.sources import Source, paragraphs_of, read_file, runs_of

AUTHOR: Final = "数据校核"
_INITIALS: Final = "校"
_LABELS: Final = {
    Verdict.AGREES: "相符",
    Verdict.CONTRADICTS: "不符",
    Verdict.UNBOUND: "未核",
    Verdict.EXPLAINED: "相符，有说明",
    Verdict.IGNORED: "非数据",
}
_PLAIN: Final = frozenset(qn(tag) for tag in ("w:rPr", "w:t", "w:tab", "w:br", "w:cr", "w:noBreakHyphen"))
COMMENTED: Final = frozenset({Verdict.CONTRADICTS, Verdict.EXPLAINED, Verdict.UNBOUND, Verdict.AGREES})


class OtherText(ValueError):
    """The file is not the one the proof was made from."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of one run: characters `start` to `end` of run `run` of paragraph `paragraph`."""

    paragraph: int
    run: int
    start: int
    end: int


def annotate_docx(path: Path | str, proof: Proof, out: Path | str, *, verdicts: Collection[Verdict] = COMMENTED) -> int:
    """Write a copy of the Word file at `path` with a comment at every figure of `proof` that came to one of `verdicts`.

    Runs are split at the figure, their formatting kept. Returns how many comments were written; raises `OtherText` when
    the text of the file is not the one proven.
    """
    source = read_file(path)
    if source.text != proof.raw:
        raise OtherText(f"“{Path(path).name}”的文字与校核时不同。请重新校核后再批注。")
    document = docx.Document(str(path))
    paragraphs = [paragraph for paragraph, _ in paragraphs_of(document)]
    chosen = [s for s in proof.statements if s.verdict in verdicts]
    written = 0
    # From the end, so that splitting a run leaves the offsets of what comes before it as they were.
    for start, group in sorted(_by_place(chosen).items(), reverse=True):
        pieces = _pieces(source, start, start + len(group[0].surface))
        if not pieces:
            continue
        runs = [_isolated(paragraphs[p.paragraph], p) for p in reversed(pieces)][::-1]
        text = "\n".join(_comment(s) for s in group)
        document.add_comment(runs=[runs[0], runs[-1]], text=text, author=AUTHOR, initials=_INITIALS)
        written += 1
    document.save(str(out))
    return written


def _by_place(statements: Collection[Statement]) -> dict[int, list[Statement]]:
    places: dict[int, list[Statement]] = {}
    for statement in statements:
        places.setdefault(statement.start, []).append(statement)
    return places


def _comment(statement: Statement) -> str:
    return f"{_LABELS[statement.verdict]}：{statement.reason}"


def _pieces(source: Source, start: int, end: int) -> list[_Piece]:
    """The stretches of runs that make up the characters `start` to `end` of the text."""
    pieces = []
    starts = [*(s.start for s in source.spots), len(source.text)]
    for spot, following in zip(source.spots, starts[1:], strict=True):
        low, high = max(start, spot.start), min(end, following)
        # The separator after a paragraph belongs to no run.
        high = min(high, spot.start + len(source.text[spot.start : following].rstrip("\n\t")))
        if low < high:
            pieces.append(_Piece(spot.paragraph, spot.run, low - spot.start, high - spot.start))
    return pieces


def _isolated(paragraph: Paragraph, piece: _Piece) -> Run:
    """The stretch as a run of its own; what stands before and after it in the run is split off."""
    run = runs_of(paragraph)[piece.run]
    text = run.text
    # A picture or a field in the run would be lost by splitting it: the comment goes to the whole run.
    if any(child.tag not in _PLAIN for child in run._r):  # noqa: SLF001
        return run
    if piece.end < len(text):
        _split_off(run, paragraph, text[piece.end :])
    if piece.start == 0:
        run.text = text[: piece.end]
        return run
    tail = _split_off(run, paragraph, text[piece.start : piece.end])
    run.text = text[: piece.start]
    return tail


def _split_off(run: Run, paragraph: Paragraph, text: str) -> Run:
    """A copy of `run` with its formatting right after it, holding `text`."""
    element = deepcopy(run._r)  # noqa: SLF001 - python-docx has no public way to copy a run
    run._r.addnext(element)  # noqa: SLF001
    copy = Run(element, paragraph)
    copy.text = text
    return copy
