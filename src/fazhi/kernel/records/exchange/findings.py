"""What a dry run has found: faults by row and column, rows passed over, corrections, the first rows as they would be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from fazhi.kernel.records.exchange.heads import Aside
from fazhi.kernel.records.exchange.reading import RowFault

# A file with more faults than this has one wrong column, or is the wrong file.
MOST_FAULTS = 20_000
PREVIEWED = 8


@dataclass(frozen=True, slots=True)
class Change:
    """This correction of a record: the row that asks it, and per column heading, what is and what would be."""

    row: int
    record_id: int
    version: int
    title: str
    values: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class Findings:
    """This outcome of a dry run. ``more`` counts faults beyond those kept; ``bad`` are the rows that have any."""

    rows: int = 0
    fresh: int = 0
    unchanged: int = 0
    faults: list[RowFault] = field(default_factory=list)
    more: int = 0
    bad: set[int] = field(default_factory=set)
    changes: list[Change] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    preview: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, faults: Sequence[RowFault]) -> None:
        """Take in faults of rows."""
        for fault in faults:
            self.bad.add(fault.row)
            if len(self.faults) < MOST_FAULTS:
                self.faults.append(fault)
            else:
                self.more += 1

    def settle(self, head: int) -> None:
        """Say once what is wrong with every row for want of a column, and put the faults in order of rows."""
        lacking = Counter((fault.field, fault.reason, fault.column) for fault in self.faults if fault.place is None)
        everywhere = {key for key, count in lacking.items() if count == self.rows and count > 1 and key[0]}
        kept = [fault for fault in self.faults if (fault.field, fault.reason, fault.column) not in everywhere]
        whole = [
            RowFault(head, column, "", f"表格中没有对应的列，全部{self.rows}行：{reason}", name)
            for name, reason, column in everywhere
        ]
        self.faults = sorted(whole + kept, key=lambda each: (each.row, each.place if each.place is not None else -1))

    def packed(self) -> bytes:
        """This as bytes to be kept."""
        facts: dict[str, Any] = {
            "rows": self.rows,
            "fresh": self.fresh,
            "unchanged": self.unchanged,
            "faults": [list(asdict(each).values()) for each in self.faults],
            "more": self.more,
            "bad": sorted(self.bad),
            "changes": [list(asdict(each).values()) for each in self.changes],
            "asides": [[each.number, each.what] for each in self.asides],
            "preview": self.preview,
        }
        return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def unpacked(cls, content: bytes) -> Findings:
        """What :meth:`packed` gave."""
        facts = json.loads(content)
        return cls(
            rows=facts["rows"],
            fresh=facts["fresh"],
            unchanged=facts["unchanged"],
            faults=[RowFault(*each) for each in facts["faults"]],
            more=facts["more"],
            bad=set(facts["bad"]),
            changes=[
                Change(row, record_id, version, title, tuple(tuple(each) for each in values))
                for row, record_id, version, title, values in facts["changes"]
            ],
            asides=[Aside(*each) for each in facts["asides"]],
            preview=[tuple(each) for each in facts["preview"]],
        )
