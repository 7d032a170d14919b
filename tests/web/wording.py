"""Finding every Chinese word the screens can show: in templates, in the program, and in declarations."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps

import fazhi.web
from fazhi.kernel.casework.approvals.models import OpinionState, RequestState
from fazhi.kernel.casework.deadlines.clocks import CLOCKS
from fazhi.kernel.casework.deadlines.models import Standing
from fazhi.kernel.casework.matters.models import Case, Child, Secrecy
from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.casework.matters.workflow import KEEPINGS, Workflow
from fazhi.kernel.casework.papers.declaring import PAPERS
from fazhi.kernel.casework.papers.models import Openness, Way
from fazhi.kernel.casework.parties.models import Party, PartyKind
from fazhi.kernel.ground.access.roles import ROLES
from fazhi.kernel.ground.audit.models import Operation
from fazhi.kernel.ground.audit.tables import guarded_audited, model_of
from fazhi.kernel.ground.calendar import DayKind
from fazhi.kernel.ground.law import Certainty, Unit
from fazhi.kernel.ground.orgs.models import UnitKind
from fazhi.kernel.line import CHAPTERS, LINES
from fazhi.kernel.records.measures.figures import State as FigureState

HAN = re.compile(r"[㐀-鿿]")
WEB = Path(fazhi.web.__file__).parent
_TRANSLATE = re.compile(r'\{%\s*translate\s+"([^"]+)"')
_BLOCK = re.compile(
    r"\{%\s*blocktranslate([^%]*)%\}(.*?)(?:\{%\s*plural\s*%\}.*?)?\{%\s*endblocktranslate\s*%\}", re.DOTALL
)
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


def of_templates() -> Iterator[tuple[str, str]]:
    """What templates ask to have translated: place and text."""
    for path in sorted(WEB.joinpath("templates").rglob("*.html")):
        source = path.read_text("utf-8")
        for text in _TRANSLATE.findall(source):
            yield path.name, text
        for _, text in _BLOCK.findall(source):
            yield path.name, re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", text)


def left_bare() -> list[tuple[str, str]]:
    """Chinese that stands in a template outside any tag: it could be said in no other language."""
    found = []
    for path in sorted(WEB.joinpath("templates").rglob("*.html")):
        source = _BLOCK.sub("", path.read_text("utf-8"))
        bare = _TAG.sub("", source)
        found += [(path.name, text.strip()) for text in re.findall(r"[^<>]*[㐀-鿿][^<>]*", bare)]
    return found


def of_program() -> Iterator[tuple[str, str]]:
    """What the program of the screens says: place and text; a gap for each value put into a sentence."""
    for path in sorted(WEB.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        documented = {id(text) for text in _docstrings(tree)}
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented | inside:
                text = node.value
            else:
                continue
            if HAN.search(text):
                yield path.name, text


def _docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            for statement in body:
                if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                    yield statement.value


def of_kernel() -> Iterator[tuple[str, str]]:
    """What the kernel declares: roles, kinds, states of its own, and the names of its tables and columns."""
    for each in (UnitKind, PartyKind, Secrecy, Phase, Standing, Openness, Way, RequestState, OpinionState, Operation):
        yield from ((each.__name__, str(label)) for label in each.labels)
    yield from (("role", text) for role in ROLES.values() for text in (role.label, role.purpose))
    yield from (("chapter", chapter.label) for chapter in CHAPTERS)
    yield from (("day", kind.value) for kind in DayKind)
    yield from (("certainty", certainty.label) for certainty in Certainty)
    yield from (("unit of time", unit.label) for unit in Unit)
    yield from (("figure", state.label) for state in FigureState)
    for field in (*Party._meta.concrete_fields, *(field for field in _base_fields())):
        yield "column", str(getattr(field, "verbose_name", ""))
    for guarded in guarded_audited():
        model: Any = model_of(guarded.table)
        if model is not None and not model.__module__.startswith("fazhi.lines."):
            yield guarded.table, str(model._meta.verbose_name)


def _base_fields() -> Iterable[Any]:
    return Case._meta.get_fields()


def of_line(code: str) -> Iterator[tuple[str, str]]:
    """What a line declares."""
    line = LINES[code]
    yield "line", line.label
    yield from (("line", statute) for statute in line.statutes)
    for register in line.registers:
        yield register.key, register.label
        yield register.key, register.empty
        yield from ((register.key, label) for label, _ in (*register.entering, *register.finishing))
        for column in register.all_columns.values():
            yield from ((f"{register.key}.{column.name}", text) for text in _of_column(column))
    for record, keeping in KEEPINGS.items():
        if keeping.line == code:
            yield from _of_keeping(keeping)
            yield keeping.name(), str(record._meta.verbose_name)
    for clocks in CLOCKS.values():
        if clocks.workflow.line == code:
            yield from ((f"{clocks.__name__}.{clock.key}", clock.label) for clock in clocks.clocks.values())
    for record, papers in PAPERS.items():
        if KEEPINGS[record].line == code:
            yield from ((f"{papers.__name__}.{paper.key}", paper.label) for paper in papers.papers.values())
    for measure in line.measures.measures if line.measures else ():
        yield measure.key, measure.label
        yield measure.key, measure.unit
    yield from _of_children(code)


def _of_column(column: Any) -> Iterator[str]:
    yield column.label
    yield column.help
    yield from (text for _, text in column.choices)


def _of_keeping(keeping: Any) -> Iterator[tuple[str, str]]:
    name = keeping.name()
    yield name, keeping.enter_label
    yield from ((name, party.label) for party in keeping.parties)
    if issubclass(keeping, Workflow):
        yield from ((f"{name}.{key}", state.label) for key, state in keeping.states.items())
        for key, act in keeping.acts.items():
            yield f"{name}.{key}", act.label
            yield f"{name}.{key}", act.help


def _of_children(code: str) -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        if model._meta.app_label == code and issubclass(model, Child):
            yield model.__name__, str(model._meta.verbose_name)
            for field in model._meta.concrete_fields:
                yield f"{model.__name__}.{field.name}", str(field.verbose_name)
                yield from ((f"{model.__name__}.{field.name}", str(label)) for _, label in field.flatchoices or ())
