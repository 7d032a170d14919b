"""The annual reports of both years: the earlier one published, the later one in draft, as it is in January."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from django.db import transaction

from fazhi.demo.district import District, at
from fazhi.kernel.casework import procedure
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.core.session import session
from fazhi.lines.report.models import Block, Report
from fazhi.lines.report.operations import editing, outlining
from fazhi.lines.report.workflow import Writing

CLERK, HEAD, LEADER = "fazhi", "fazhi-kezhang", "juzhang"
_WORDS = Path(__file__).with_name("annual.yaml")


def report(district: District, earlier: int, later: int) -> int:
    """Write both reports; gives how many. Where figures are missing the earlier one stays in draft, too."""
    published = _written(district, earlier)
    for act, login, day, values in (
        (Writing.review, HEAD, date(earlier + 1, 2, 9), {}),
        (Writing.approve, LEADER, date(earlier + 1, 2, 16), {}),
        (Writing.submit, CLERK, date(earlier + 1, 2, 22), {"submitted_to": "上一级党委、人大常委会和人民政府"}),
        (Writing.publish, CLERK, date(earlier + 1, 3, 18), {"published_at": "新区管理委员会网站"}),
    ):
        try:
            with transaction.atomic():
                procedure.act(Report, published.id, act, values, actor=district.actors[login], at=at(day, 15), on=day)
        except Refused:
            break
    _written(district, later)
    return 2


def _written(district: District, year: int) -> Report:
    """A report from the outline, with what no figure says put into words."""
    clerk, day = district.actors[CLERK], date(year + 1, 1, 24)
    made = outlining.start(
        year=year, subject=district.units["area"], unit=district.units["bureau"], actor=clerk, at=at(day, 9), on=day
    )
    words: dict[str, list[str]] = yaml.safe_load(_WORDS.read_text("utf-8"))
    with session(jurisdictions=[district.jurisdiction_id]):
        empty = Block.objects.filter(report=made, level=0, text="", removed=False).order_by("order")
        places = list(empty.values_list("id", "part"))
    for block_id, part in places:
        editing.write(made.id, block_id, words[part].pop(0), actor=clerk, at=at(day, 10))
    return made
