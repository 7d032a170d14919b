"""How an annual report is written, reviewed, approved, sent up and published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fazhi.kernel.casework.matters.checks import Circumstances, check
from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.casework.matters.workflow import Act, Series, State, Workflow
from fazhi.kernel.ground.access.roles import CLERK, HANDLER, LEADER, LIAISON, SECTION_HEAD
from fazhi.kernel.ground.orgs.models import Unit, UnitKind
from fazhi.lines.report.codes import DEMANDED, HINTS, Kind, Part
from fazhi.lines.report.models import Report
from fazhi.lines.report.queries import text

WRITERS = (CLERK, HANDLER, SECTION_HEAD, LIAISON)
_AREA = (UnitKind.AREA, UnitKind.BUREAU)
_MOST_NAMED = 5


def looked_up(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Kind and audience of every unit, and the way to the reports' texts, which only some checks go."""
    units = Unit.objects.values_list("id", "kind", "audience")
    return {"units": {unit_id: (kind, audience) for unit_id, kind, audience in units}, "text": text.read}


@check(Report.subject)
def subject_is_the_writer_or_above(row: Any, circumstances: Circumstances) -> str | None:
    """This report tells of the unit that writes it, or of one above; of the area only as the area's report."""
    units: dict[int, tuple[str, list[int]]] = circumstances.lookups["units"]
    if row.subject_id not in units or row.unit_id not in units:
        return None
    kind, _ = units[row.subject_id]
    if row.subject_id not in units[row.unit_id][1]:
        return "只能撰写本单位或上级单位的报告，请核对报告主体和承办单位"
    if row.kind == Kind.AREA and kind not in _AREA:
        return "本地区的报告，报告主体是管理委员会（区人民政府）或司法局；本部门的报告请改报告类别"
    if row.kind == Kind.DEPARTMENT and kind == UnitKind.AREA:
        return "报告主体是管理委员会（区人民政府）的，报告类别应为本地区的报告"
    return None


@check(Report.year)
def year_has_begun(row: Any, circumstances: Circumstances) -> str | None:
    """This year has begun."""
    if row.year is None or row.year <= circumstances.today.year:
        return None
    return f"{row.year}年尚未开始"


@check(basis="法治政府建设与责任落实督察工作规定第二十五条")
def parts_are_written(row: Any, circumstances: Circumstances) -> str | None:
    """This report has a text for every part it must have, and no paragraph that is still to be written."""
    paragraphs = [line for line in circumstances.lookups["text"](row).lines if not line.block.level]
    written = {line.block.part for line in paragraphs if line.text.strip()}
    for part in DEMANDED:
        if part not in written:
            return f"“{part.label}”还没有写：{HINTS[part]}（法治政府建设与责任落实督察工作规定第二十五条）"
    empty = next((Part(line.block.part) for line in paragraphs if not line.text.strip()), None)
    return f"“{empty.label}”还有空着的段落，请写完或删去" if empty is not None else None


@check()
def figures_can_be_printed(row: Any, circumstances: Circumstances) -> str | None:
    """This report's figures are all there, each in a form that is true of it."""
    unready = circumstances.lookups["text"](row).unready()
    if not unready:
        return None
    names = list(dict.fromkeys(each.figure.measure.label if each.figure else each.text for each in unready))
    more = "等" if len(names) > _MOST_NAMED else ""
    return f"有{len(unready)}处数据缺少或写法不符：{'、'.join(names[:_MOST_NAMED])}{more}；请补报数据或修改写法"


class Writing(Workflow):
    """How a report moves from draft to publication."""

    record = Report
    line = "report"
    enter_label = "撰写年度报告"
    enters = WRITERS
    corrects = WRITERS
    checks = (subject_is_the_writer_or_above, year_has_begun)
    lookups = looked_up
    number = Series("{area}法治报告〔{year}〕{serial}号")

    drafting = State("起草中", Phase.OPEN, initial=True)
    reviewed = State("已审核", Phase.OPEN)
    approved = State("已审定", Phase.OPEN)
    submitted = State("已报送", Phase.DECIDED)
    published = State("已公开", Phase.CLOSED)

    edit = Act("修改正文", drafting, by=WRITERS, help="正文在报告页面逐段修改")
    review = Act(
        "审核",
        drafting,
        to=reviewed,
        by=[SECTION_HEAD, LEADER],
        checks=[parts_are_written, figures_can_be_printed],
        help="审核通过后正文不再修改；要改的，先退回",
    )
    give_back = Act("退回修改", reviewed, approved, to=drafting, by=[SECTION_HEAD, LEADER], asks=[Report.returned_for])
    approve = Act("审定", reviewed, to=approved, by=[LEADER], checks=[figures_can_be_printed])
    submit = Act(
        "报送",
        approved,
        to=submitted,
        by=[CLERK, SECTION_HEAD, LIAISON],
        asks=[Report.submitted_to],
        stamps=Report.submitted_on,
        checks=[figures_can_be_printed],
    )
    publish = Act(
        "公开",
        submitted,
        to=published,
        by=[CLERK, SECTION_HEAD, LIAISON],
        asks=[Report.published_at],
        stamps=Report.published_on,
        help="涉密事项除外；公开载体为报刊或者网站",
    )
    fixed = (submitted, published)

    @classmethod
    def state_in_history(cls, case: Any) -> State:
        """This state of a report taken over from before: published, sent up, or still a draft."""
        if case.published_on:
            return cls.published
        return cls.submitted if case.submitted_on else cls.drafting
