"""Beginning a report: from the outline of this house, or from last year's report with its figures moved on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.matters.reaching import fetch
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.errors import Fault, Refused
from fazhi.kernel.ground.core.ids import take_ids
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.lines.report.codes import Kind, Part
from fazhi.lines.report.models import Block, Report
from fazhi.lines.report.queries import text, values
from fazhi.lines.report.queries.tokens import Broken, Token, pieces, tokens

_FILE = Path(__file__).parents[1] / "outline.yaml"
_YEAR = re.compile(r"(?<!\d)(\d{4})(?=年)")
STEP = 100


@dataclass(frozen=True, slots=True)
class Draft:
    """This block to be: its level, part and text, and who gave it."""

    level: int
    part: str
    text: str
    unit_id: int | None = None


@cache
def outline() -> dict[str, Any]:
    """The outline as data."""
    found: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return found


def heading_of(subject: Unit, year: int, kind: str = Kind.AREA) -> str:
    """The heading of a report that nobody has given another: on the area, or on a unit by its name."""
    return _filled(outline()["title"], subject.jurisdiction.name if kind == Kind.AREA else subject.name, year)


def start(
    *,
    year: int,
    subject: Unit,
    unit: Unit,
    actor: Actor,
    at: datetime,
    on: date | None = None,
    kind: str = Kind.AREA,
    heading: str = "",
    last: int | None = None,
    handler_id: int | None = None,
) -> Report:
    """Begin a report and return it: from the report with id ``last`` where one is given, else from the outline.

    Raises what :func:`procedure.open` raises; nothing is then written.
    """
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="report.report.start", at=at):
        report = procedure.open(
            Report,
            {"year": year, "subject": subject, "kind": kind, "heading": heading or heading_of(subject, year, kind)},
            actor=actor,
            at=at,
            unit=unit,
            on=on,
            handler_id=handler_id,
        )
        drafts = list(_of_outline(report) if last is None else _of_last(actor, last, year))
        _add(report, drafts, at=at, by=actor.account_id)
        return report


def _of_outline(report: Report) -> Iterator[Draft]:
    area, year = report.subject.jurisdiction.name if report.kind == Kind.AREA else report.subject.name, report.year
    for section in outline()["sections"]:
        part = Part(section["tag"]).value
        yield Draft(1, part, _filled(section["heading"], area, year))
        for each in section["parts"]:
            yield Draft(2, part, _filled(each["heading"], area, year))
            for words in each["text"]:
                yield Draft(0, part, _filled(words, area, year))


def _filled(words: str, area: str, year: int) -> str:
    """These words of the outline for one report; the file's line breaks are none of the text."""
    tidy = re.sub(r"\s+", "", words)
    return tidy.replace("{area}", area).replace("{year}", str(year)).replace("{next}", str(year + 1))


def _of_last(actor: Actor, last_id: int, year: int) -> Iterator[Draft]:
    """The blocks of another report, its figures and the years in its words moved on; what it says of itself stays."""
    last = fetch(actor, Report, last_id)
    shift = year - last.year
    if shift <= 0:
        raise Refused(Fault(f"《{last.heading}》不早于{year}年，不能作为底稿", "last"))
    for block in text.blocks_of(last):
        yield Draft(block.level, block.part, _moved(block.text, last.year, shift), block.unit_id)


def _moved(words: str, year: int, shift: int) -> str:
    moved = []
    for piece in pieces(words, year):
        if isinstance(piece, Token):
            moved.append(piece.moved(shift).write())
        elif isinstance(piece, Broken):
            moved.append(piece.text)
        else:
            moved.append(_YEAR.sub(lambda found: str(_moved_year(int(found[1]), year, shift)), piece))
    return "".join(moved)


def _moved_year(named: int, year: int, shift: int) -> int:
    """The year of the report, the one before and the one after move on; any other year is a date in history."""
    return named + shift if abs(named - year) <= 1 else named


def _add(report: Report, drafts: Iterable[Draft], *, at: datetime, by: int | None) -> None:
    wanted = list(drafts)
    found = values.figures(
        [token for each in wanted for token in tokens(each.text, report.year)], values.scope_of(report.subject)
    )
    ids = iter(take_ids(len(wanted)))
    Block.objects.bulk_create(
        Block(
            id=next(ids),
            jurisdiction_id=report.jurisdiction_id,
            recorded_at=at,
            recorded_by=by,
            report=report,
            order=(place + 1) * STEP,
            level=each.level,
            part=each.part,
            text=_fitted(each.text, report.year, found),
            unit_id=each.unit_id,
        )
        for place, each in enumerate(wanted)
    )


def _fitted(words: str, year: int, found: values.Figures) -> str:
    """These words with every figure in a form that is true of it now."""
    fitted = []
    for piece in pieces(words, year):
        if isinstance(piece, Token):
            figure = found[piece.key, piece.period]
            fitted.append(Token(piece.key, values.fitting(figure, piece.form), piece.period).write())
        else:
            fitted.append(piece if isinstance(piece, str) else piece.text)
    return "".join(fitted)
