"""What a column of a spreadsheet can fill in a register, and which it probably means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from fazhi.kernel.casework.matters.models import Case, Entry
from fazhi.kernel.casework.procedure.drafting import required
from fazhi.kernel.records.exchange.heads import Heading, Known, plain
from fazhi.kernel.records.register import Column, Kind, Register
from fazhi.kernel.records.register.columns import column_of

ID = "id"
ID_LABEL = "系统编号"
"""The column by which an exported row finds its record again: its id and the version that was exported."""

IGNORED = {plain(each) for each in ("序号", "序", "No", "行号", "错误原因")}
_PARTS: dict[str, tuple[str, ...]] = {
    "name": ("", "姓名", "名称", "姓名名称", "姓名或名称"),
    "kind": ("类型", "性质"),
    "identity": (
        "身份证号", "身份证号码", "身份证", "公民身份号码", "证件号码", "证件号", "身份证件号码", "统一社会信用代码", "信用代码",
    ),
    "phone": ("联系电话", "电话", "电话号码", "联系方式", "手机", "手机号", "手机号码"),
    "address": ("住址", "地址", "住所", "住所地", "家庭住址", "联系地址"),
}  # fmt: skip
_PART_LABELS = {"name": "姓名（名称）", "kind": "类型", "identity": "证件号码", "phone": "联系电话", "address": "住址"}
# What may stand alone beside the party it belongs to.
_BARE = {plain(name): part for part in ("identity", "phone", "address") for name in _PARTS[part]}
_NEAR = 0.72


@dataclass(frozen=True, slots=True)
class Target:
    """What a column may be mapped to: a field of the record (``column``), or ``part`` of the party in ``role``.

    ``names`` are the plain headings that mean it; ``required`` whether a new record cannot do without. What is ``shown``
    only is compared with the record an exported row comes from, and fills nothing in a new one.
    """

    key: str
    label: str
    names: frozenset[str]
    column: Column | None = None
    role: str = ""
    part: str = ""
    required: bool = False
    shown: bool = False

    @property
    def numeric(self) -> bool:
        """Whether what it holds may be added up, so that a merged cell must not be counted once for each row."""
        return self.column is not None and self.column.kind in (Kind.MONEY, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Guess:
    """This heading's probable target, and why it was thought so."""

    key: str
    why: str


def targets_of(register: type[Register], *, history: bool) -> dict[str, Target]:
    """These targets of a register by key, in the order of its form; ``history``: of finished records (补录)."""
    keeping = register.keeping
    groups = [*register.entering, *(register.finishing if history or register.finished else ())]
    columns = {column.name: column for _, entered in groups for column in entered}
    for name in _own(keeping.record, history=history or register.finished):
        columns.setdefault(name, column_of(keeping, keeping.record._meta.get_field(name)))
    needed = {*required(keeping), *(["on"] if issubclass(keeping.record, Entry) else [])} - set(register.preset)
    found = {}
    for name, column in columns.items():
        names = frozenset(map(plain, (column.label, *register.aliases.get(name, ()), *_further(name))))
        found[name] = Target(name, column.label, names, column, required=name in needed)
    for role in keeping.parties:
        for part, words in _PARTS.items():
            names = frozenset(plain(role.label + word) for word in words)
            label = role.label if part == "name" else role.label + _PART_LABELS[part]
            needed_part = role.least > 0 and part == "name"
            key = f"party.{role.key}.{part}"
            found[key] = Target(key, label, names, role=role.key, part=part, required=needed_part)
    for name, column in register.all_columns.items():
        if name not in found:
            found[name] = Target(name, column.label, frozenset({plain(column.label)}), column, shown=True)
    found[ID] = Target(ID, ID_LABEL, frozenset({plain(ID_LABEL)}))
    return found


def _own(record: Any, *, history: bool) -> list[str]:
    """These fields of every record of a base, which forms ask beside the declared ones."""
    names = {field.name for field in record._meta.concrete_fields}
    day = "opened_on" if issubclass(record, Case) else "on" if issubclass(record, Entry) else "valid_from"
    wanted = [day, "unit", "handler", *(["number"] if history and issubclass(record, Case) else [])]
    return [name for name in wanted if name in names]


def _further(name: str) -> tuple[str, ...]:
    return {
        "unit": ("承办单位", "单位", "单位名称", "办理单位", "填报单位"),
        "handler": ("承办人", "经办人", "办理人"),
        "opened_on": ("登记日期", "登记时间"),
        "on": ("日期", "时间"),
        "number": ("编号", "案号", "案件编号"),
    }.get(name, ())


def knows(targets: Iterable[Target]) -> Known:
    """Whether a plain heading names one of these, or what regularly stands beside them."""
    names = {name for target in targets for name in target.names} | IGNORED | set(_BARE)
    return names.__contains__


def guessed(
    headings: Sequence[Heading], targets: Mapping[str, Target], remembered: Mapping[str, str]
) -> dict[int, Guess]:
    """The probable target of each heading by place: as mapped last time, by name, by the party beside it, or by likeness.

    ``remembered`` maps plain headings to keys (empty: not to be imported). No target is guessed twice.
    """
    guessing = _Guessing(headings, targets)
    guessing.by_memory(remembered)
    guessing.by_name()
    guessing.by_party()
    guessing.by_likeness()
    return guessing.found


class _Guessing:
    """The guesses made so far."""

    def __init__(self, headings: Sequence[Heading], targets: Mapping[str, Target]) -> None:
        self.headings, self.targets = headings, targets
        self.found: dict[int, Guess] = {}
        self._taken: set[str] = set()

    def take(self, heading: Heading, key: str, why: str) -> None:
        """Guess, unless the heading or the target is given away already."""
        if heading.place not in self.found and key not in self._taken:
            self.found[heading.place] = Guess(key, why)
            if key:
                self._taken.add(key)

    def by_memory(self, remembered: Mapping[str, str]) -> None:
        """As the person mapped it last time; what never is data is left out."""
        for heading in self.headings:
            key = remembered.get(_memory(heading))
            if key is not None and (key in self.targets or not key):
                self.take(heading, key, "上次这样对应")
            elif any(name in IGNORED for name in heading.names):
                self.take(heading, "", "")

    def by_name(self) -> None:
        """By label or alias, a heading with what stands above it before one without."""
        for depth in (0, 1):
            for heading in self.headings:
                name = heading.names[depth] if depth < len(heading.names) else None
                for target in self.targets.values():
                    if name in target.names:
                        self.take(heading, target.key, "名称相同")

    def by_party(self) -> None:
        """A bare 身份证号 or 联系电话 belongs to the party named nearest to the left of it."""
        role = ""
        for heading in self.headings:
            guess = self.found.get(heading.place)
            target = self.targets.get(guess.key) if guess else None
            if target is not None and target.part == "name":
                role = target.role
            elif guess is None and role:
                part = next((_BARE[name] for name in heading.names if name in _BARE), "")
                if part:
                    label = self.targets[f"party.{role}.name"].label
                    self.take(heading, f"party.{role}.{part}", f"紧跟“{label}”")

    def by_likeness(self) -> None:
        """By what looks most alike first."""
        found = [
            (likeness, heading.place, heading, target.key)
            for heading in self.headings
            if heading.place not in self.found
            for target in self.targets.values()
            if target.key != ID and (likeness := _alike(heading, target)) >= _NEAR
        ]
        for _, _, heading, key in sorted(found, key=lambda each: (-each[0], each[1])):
            self.take(heading, key, "名称相近，请核对")


def _alike(heading: Heading, target: Target) -> float:
    return max((_likeness(mine, theirs) for mine in heading.names for theirs in target.names), default=0.0)


def _memory(heading: Heading) -> str:
    return heading.names[0] if heading.names else ""


def remembering(headings: Sequence[Heading], mapping: Mapping[int, str]) -> dict[str, str]:
    """What to remember of a mapping: plain headings that occur once, with their keys."""
    names = [_memory(heading) for heading in headings]
    return {
        name: mapping.get(heading.place, "")
        for name, heading in zip(names, headings, strict=True)
        if name and names.count(name) == 1
    }


def _likeness(mine: str, theirs: str) -> float:
    if len(mine) < 2 or len(theirs) < 2:
        return 0.0
    if mine in theirs or theirs in mine:
        return 0.75 + 0.25 * min(len(mine), len(theirs)) / max(len(mine), len(theirs))
    return SequenceMatcher(None, mine, theirs).ratio()
