"""The manifest: ``line.py`` of every business line reads as its table of contents.

::

    LINE = Line(
        code="mediation",
        label="人民调解、商事调解",
        chapter=SOCIETY,
        registers=[Cases, Organisations, Mediators],
        measures=MediationMeasures,
    )
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fazhi.kernel.casework.deadlines.clocks import Clocks
from fazhi.kernel.ground.core.errors import Misdeclared
from fazhi.kernel.records.measures.declaring import Measures
from fazhi.kernel.records.register import Register


@dataclass(frozen=True, slots=True)
class Chapter:
    """This chapter of the annual report under which navigation groups lines."""

    key: str
    label: str


STEERING = Chapter("steering", "依法治区统筹")
ADMINISTRATION = Chapter("administration", "依法行政")
SOCIETY = Chapter("society", "依法治理")
PEOPLE = Chapter("people", "法治为民")
TEAM = Chapter("team", "队伍建设")
CHAPTERS = (STEERING, ADMINISTRATION, SOCIETY, PEOPLE, TEAM)

LINES: dict[str, Line] = {}


@dataclass(frozen=True)
class Line:
    """This business line: code (its package), label, chapter, registers, measures and clocks. Refused when it contradicts.

    Clocks are named here so that reading the manifest loads them.
    """

    code: str
    label: str
    chapter: Chapter
    registers: Sequence[type[Register]] = ()
    measures: type[Measures] | None = None
    clocks: Sequence[type[Clocks]] = ()
    restricted: bool = False
    statutes: Sequence[str] = field(default=())

    def __post_init__(self) -> None:
        if self.code in LINES:
            raise Misdeclared(self.code, "业务代码重复", "改一个代码")
        for register in self.registers:
            if register.keeping.line != self.code:
                raise Misdeclared(
                    register.__qualname__,
                    f"台账属于{register.keeping.line}，却列在{self.code}",
                    "改正 keeping.line 或列到所属业务",
                )
        LINES[self.code] = self
