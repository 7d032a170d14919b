"""What a verification finds, in words for whoever has to look into it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import Enum

from fazhi.kernel.ground.audit.tables import columns_of, model_of


class Kind(Enum):
    """This kind of tampering; the value is how it is reported."""

    ROW_ADDED = "记录绕过审计新增"
    ROW_CHANGED = "记录绕过审计修改"
    ROW_REMOVED = "记录绕过审计删除"
    ROW_RETURNED = "已删除的记录被放回"
    TABLE_GONE = "受审计的表不存在"
    SHAPE = "表结构与审计记录不一致"
    ENTRY_ADDED = "审计记录被插入"
    ENTRY_CHANGED = "审计记录被改动"
    ENTRY_REMOVED = "审计记录被删除"
    CONTENT_ADDED = "审计内容被插入"
    CONTENT_CHANGED = "审计内容被改动"
    CONTENT_REMOVED = "审计内容被删除"
    BLOCK_CHANGED = "区块被改动"
    BLOCK_REMOVED = "区块被删除"
    CHAIN_CUT = "链尾被截去"
    CHAIN_UNLINKED = "区块与前一区块不衔接"
    CHAIN_REWRITTEN = "区块与锚点不符"
    ERA = "纪元与锚点不符"
    ANCHOR_FORGED = "锚点被伪造或者损坏"
    ANCHOR_REMOVED = "锚点缺失"
    WALL_DOWN = "审计防护被解除"


@dataclass(frozen=True, slots=True)
class Finding:
    """This one sign of tampering and where it is; what is not known or does not apply is empty.

    ``table`` is a database table, ``row`` the id in it, ``entry`` an audit entry, ``block`` the block it is sealed in,
    ``columns`` those that differ, ``detail`` what else there is to say.
    """

    kind: Kind
    table: str = ""
    row: int | None = None
    entry: int | None = None
    block: int | None = None
    columns: tuple[str, ...] = ()
    detail: str = ""

    def __str__(self) -> str:
        places = [
            f"表 {named(self.table)}" if self.table else "",
            f"记录 {self.row}" if self.row else "",
            f"列 {'、'.join(_labelled(self.table, self.columns))}" if self.columns else "",
            f"审计记录 {self.entry}" if self.entry is not None else "",
            f"第 {self.block} 区块" if self.block is not None else "",
            self.detail,
        ]
        told = "，".join(place for place in places if place)
        return f"{self.kind.value}：{told}" if told else self.kind.value


@dataclass(frozen=True, slots=True)
class Scope:
    """This much was looked at."""

    tables: int = 0
    rows: int = 0
    entries: int = 0
    blocks: int = 0
    unsealed: int = 0
    anchors: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """This outcome of a verification.

    ``findings`` are the first of each kind, ``counts`` how many there are of it. ``notices`` are lawful things that
    whoever reads the report should know: eras and why they were begun.
    """

    findings: tuple[Finding, ...]
    counts: dict[Kind, int]
    notices: tuple[str, ...]
    scope: Scope

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.counts

    def lines(self) -> list[str]:
        """This report in Chinese, a line for each finding."""
        scope = self.scope
        looked_at = (
            f"核验范围：{scope.tables} 张表的 {scope.rows} 条记录，{scope.entries} 条审计记录"
            f"（其中 {scope.unsealed} 条尚未封存），{scope.blocks} 个区块，{scope.anchors} 行锚点"
        )
        told = [looked_at, *self.notices]
        if self.sound:
            return [*told, "核验通过：未发现篡改"]
        told.append(f"发现 {sum(self.counts.values())} 处问题：")
        told += [f"{number}. {finding}" for number, finding in enumerate(self.findings, start=1)]
        for kind, count in self.counts.items():
            listed = sum(finding.kind is kind for finding in self.findings)
            if count > listed:
                told.append(f"……{kind.value}：另有 {count - listed} 处未列出")
        return told


@dataclass(slots=True)
class Gathering:
    """These findings while they are gathered: all are counted, the first ``limit`` of each kind kept."""

    limit: int
    kept: list[Finding] = field(default_factory=list)
    counts: Counter[Kind] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)
    scope: Scope = field(default_factory=Scope)

    def add(self, finding: Finding) -> None:
        """Count this finding and keep it while there is room."""
        self.counts[finding.kind] += 1
        if self.counts[finding.kind] <= self.limit:
            self.kept.append(finding)

    def saw(self, **seen: int) -> None:
        """Add to the scope."""
        self.scope = replace(self.scope, **{name: getattr(self.scope, name) + seen[name] for name in seen})


def named(table: str) -> str:
    """This table with its Chinese name, as far as it is one of an installed model."""
    model = model_of(table)
    return f"{table}（{model._meta.verbose_name}）" if model is not None else table


def _labelled(table: str, columns: tuple[str, ...]) -> list[str]:
    model = model_of(table)
    labels = dict(columns_of(model)) if model is not None else {}
    return [f"{column}（{labels[column]}）" if column in labels else column for column in columns]
