"""Declaring the papers of a record kind: templates by name, and where each fact comes from.

::

    class ReconsiderationPapers(Papers):
        record = Application
        file = Path(__file__).with_name("papers.yaml")
        facts = {"respondent": lambda case: case.respondent.name, …}

        acceptance_notice = Paper()
        decision = Paper(asks=[Application.reasons])

    accept = Act("受理", received, to=accepted, by=[HANDLER], issues=[ReconsiderationPapers.acceptance_notice])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from fazhi.kernel.casework.papers.templates import Template, read
from fazhi.kernel.ground.core.errors import Misdeclared
from fazhi.kernel.ground.core.models import Record

GENERAL = frozenset(
    {"area", "organ", "unit", "number", "title", "case_number", "case_title", "handler", "today", "year", "act"}
)
"""Facts every paper may speak of; the issuing gives them."""


class Paper:
    """This paper; its key is the name it is assigned to, its template is found under that name.

    ``when`` restricts it to some cases: an act that issues several papers issues those that fit. ``kept`` says that it
    stays in the file and is served on nobody.
    """

    def __init__(self, *, when: Callable[[Any], bool] | None = None, kept: bool = False) -> None:
        self.when, self.kept = when, kept
        self.key = ""
        self.template: Template
        self.papers: type[Papers]

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name

    def __repr__(self) -> str:
        return f"Paper({self.key})"

    @property
    def label(self) -> str:
        """The name people know it by."""
        return self.template.title

    def fits(self, case: Any) -> bool:
        """Whether ``case`` gets this paper."""
        return self.when is None or self.when(case)


PAPERS: dict[type[Record], type[Papers]] = {}


class Papers:
    """The papers of a record kind, collected and examined when the class is made."""

    record: ClassVar[type[Record]]
    file: ClassVar[Path]
    facts: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}
    papers: ClassVar[dict[str, Paper]] = {}

    @classmethod
    def organ(cls, case: Any) -> str:
        """Who signs the papers of a case; empty: the bureau."""
        return ""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.papers = {key: each for key, each in vars(cls).items() if isinstance(each, Paper)}
        templates = read(cls.file)
        for key, paper in cls.papers.items():
            place = f"{cls.__qualname__}.{key}"
            if key not in templates:
                raise Misdeclared(place, f"{cls.file.name}中没有模板{key}", "写一个模板，或改名")
            paper.template, paper.papers = templates[key], cls
            unknown = paper.template.names() - GENERAL - set(cls.facts)
            if unknown:
                raise Misdeclared(place, f"模板引用了没有声明的事实：{'、'.join(sorted(unknown))}", "在 facts 中声明")
        if cls.record in PAPERS:
            raise Misdeclared(cls.__qualname__, f"{cls.record.__name__}的文书已经声明", "一个记录类别只声明一次")
        PAPERS[cls.record] = cls


def papers_of(record: type[Record]) -> dict[str, Paper]:
    """These papers declared for a record kind; none is a legal answer."""
    found = PAPERS.get(record)
    return found.papers if found else {}
