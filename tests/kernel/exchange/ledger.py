"""A ledger of mediated disputes as a street keeps it: synthetic, valid but for what a test spoils on purpose."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from openpyxl import Workbook

from fazhi.kernel.casework import procedure
from fazhi.lines.mediation.models import Mediator, Organisation
from tests.world import AT, World

HEADINGS = (
    "序号", "案件编号", "调解委员会", "调解员", "纠纷类型", "登记日期", "受理时间", "纠纷简况", "申请人", "身份证号", "联系电话",
    "被申请人", "身份证号", "调解结果", "办结时间", "协议形式", "协议金额（元）", "未成原因", "涉及人数", "案件来源", "备注",
)  # fmt: skip
Row = list[Any]

_KINDS = ("婚姻家庭纠纷", "邻里纠纷", "房屋宅基地纠纷", "合同纠纷", "损害赔偿纠纷", "物业纠纷")
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def column(name: str, nth: int = 0) -> int:
    """Place of a heading, from 0; ``nth`` of those of the same name."""
    return [place for place, each in enumerate(HEADINGS) if each == name][nth]


def identity(n: int) -> str:
    """A number that passes the check digit; the county code 990101 exists nowhere."""
    born = date(1960, 1, 1) + timedelta(days=n * 37 % 14_000)
    digits = f"110101{born:%Y%m%d}{n % 1000:03}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def committee(world: World, street: str = "east", name: str = "") -> tuple[Organisation, Mediator]:
    """A committee of a street, with a mediator."""
    actor, unit = world.actor(street), world.units[street]
    organisation = procedure.open(
        Organisation,
        {"name": name or f"{unit.name}人民调解委员会", "kind": "street", "valid_from": date(2015, 1, 1)},
        actor=actor, at=AT, unit=unit,
    )  # fmt: skip
    mediator = procedure.open(
        Mediator,
        {"name": "丁一", "organisation": organisation, "full_time": True, "valid_from": date(2018, 1, 1)},
        actor=actor, at=AT, unit=unit,
    )  # fmt: skip
    return organisation, mediator


def rows(count: int, organisation: str = "东桥街道人民调解委员会", *, numbered: bool = True) -> list[Row]:
    """So many finished disputes of one year, every one different, none at fault."""
    made = []
    for n in range(1, count + 1):
        opened = date(2022, 1, 1) + timedelta(days=n % 300)
        accepted, ended = opened + timedelta(days=n % 3), opened + timedelta(days=5 + n % 20)
        settled = n % 10 != 0
        first = _SURNAMES[n % 16] + "某" + _SURNAMES[n // 16 % 16]
        made.append(
            [
                n, f"东人调〔2022〕旧{n}号" if numbered else None, organisation, "丁一", _KINDS[n % 6], opened, accepted,
                f"因{_KINDS[n % 6][:2]}琐事发生争执，第{n}起（经社区网格员发现）", first, identity(n), f"1380000{n % 10_000:04}",
                _SURNAMES[n // 7 % 16] + "某", identity(n + 7000), "调解成功" if settled else "调解不成", ended,
                "书面协议" if settled else None, round(n * 10.5, 2) if settled else None, None if settled else "分歧较大",
                n % 5 + 2, "依申请", None,
            ]
        )  # fmt: skip
    return made


def workbook(
    body: Iterable[Sequence[Any]],
    *,
    headings: Sequence[str] = HEADINGS,
    title: str = "东桥街道2022年人民调解案件台账",
    foot: Iterable[Sequence[Any]] = (),
    change: Callable[[Workbook], None] | None = None,
) -> bytes:
    """An xlsx of a title merged over the head, a blank row, the head, the rows and whatever stands below."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "台账"
    top = 0
    if title:
        sheet.append([title])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headings))
        sheet.append([])
        top = 2
    sheet.append(list(headings))
    for row in body:
        sheet.append(list(row))
    for row in foot:
        sheet.append(list(row))
    sheet.freeze_panes = f"A{top + 2}"
    if change is not None:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
