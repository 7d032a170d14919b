"""Proof of a text against the records: every figure bound to a measure, compared, and explained where it differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from fazhi.figures import Catalogue, Kind, Proof, Recorded, Statement, Verdict, prove
from fazhi.figures import Measure as Bindable
from fazhi.kernel.line import LINES
from fazhi.kernel.records.measures.computing import over
from fazhi.kernel.records.measures.declaring import BALANCES, MEASURES, Measure, Ratio
from fazhi.kernel.records.measures.figures import Figure, Scope
from fazhi.kernel.records.measures.periods import Period
from fazhi.lines.report.queries.text import Piece, ReportText
from fazhi.lines.report.queries.values import Stand

_BY_HAND = "手写的数字，不随记录更新；请从指标中插入"


def catalogue(measures: Iterable[Measure] | None = None) -> Catalogue:
    """The measures of this installation as figures in a text are bound to them."""
    return Catalogue(
        Bindable(
            each.key,
            each.label,
            each.unit,
            each.aliases,
            line=LINES[each.line].label if each.line in LINES else each.line,
        )
        for each in (MEASURES.values() if measures is None else measures)
    )


def recorded(figures: Mapping[str, Figure], opening: Mapping[str, Figure] | None = None) -> dict[str, Recorded]:
    """These figures as a proof takes them: rates with part and whole, flows out of a stock with what was carried in."""
    carried = {each.key: (opening or {}).get(balance.stock.key) for balance in BALANCES for each in balance.outflow}
    return {key: _recorded(figure, carried.get(key)) for key, figure in figures.items()}


def _recorded(figure: Figure, carried: Figure | None) -> Recorded:
    if figure.part is not None and figure.whole is not None:
        assert isinstance(figure.measure, Ratio)
        return Recorded(
            figure.value,
            part=figure.part.value,
            whole=figure.whole.value,
            whole_label=figure.measure.whole.label,
        )
    return Recorded(figure.value, carried_in=carried.value if carried is not None else None)


def spans(period: Period) -> list[Period]:
    """The periods a proof needs: this one, the year before, and the day before, whose stocks were carried in."""
    return [period, period.before(), period.eve()]


def of_text(text: str, period: Period, scope: Scope) -> Proof:
    """The proof of any text on a period, against records and the year before. Needs the jurisdiction in session."""
    return _held(text, over(MEASURES.values(), spans(period), scope))


def of_report(text: ReportText) -> list[Statement]:
    """The statements of a report: what tokens wrote is known to be what it is, what was typed by hand is marked.

    ``text`` must have been read with the figures of all measures in the :func:`spans` of its year.
    """
    named = [period.code for period in spans(Period.year(text.report.year))]
    proven = _held(text.plain, [{key: text.figures[key, code] for key in MEASURES} for code in named])
    placed = list(text.placed())
    return [_of(statement, placed) for statement in proven.statements]


def _held(text: str, figures: Sequence[Mapping[str, Figure]]) -> Proof:
    this, last, eve = figures
    return prove(text, catalogue(), recorded(this, eve), last_year=recorded(last))


def _of(statement: Statement, placed: Sequence[Piece]) -> Statement:
    piece = next((each for each in placed if each.start < statement.end and statement.start < each.end), None)
    if piece is not None:
        return _token(statement, piece)
    if statement.kind in (Kind.MEASURE, Kind.TARGET) and statement.verdict is not Verdict.CONTRADICTS:
        if statement.kind is Kind.TARGET:
            return statement
        return statement.judged(Verdict.UNBOUND, f"{_BY_HAND}。{statement.reason}", statement.expected)
    return statement


def _token(statement: Statement, piece: Piece) -> Statement:
    """A statement that a token wrote: bound by the token, whatever the words around it suggest."""
    assert piece.token is not None
    assert piece.figure is not None
    bound = replace(statement, measure_key=piece.token.key, kind=Kind.MEASURE)
    if piece.stand is not Stand.TRUE:
        return bound.judged(Verdict.CONTRADICTS, piece.reason, piece.figure.value)
    label, unit = piece.figure.measure.label, piece.figure.measure.unit
    how = f"{piece.figure.period.label}{label}{piece.figure.text}{unit}"
    inside = statement.reason if statement.verdict is Verdict.EXPLAINED else ""
    return bound.judged(
        Verdict.EXPLAINED if inside else Verdict.AGREES, f"{how}；{inside}" if inside else how, piece.figure.value
    )
