"""The report of a year, and the blocks its text is made of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.lines.report.codes import Kind, Part


class _FollowsTheYear(DeferredAttribute):
    """The last day of the row's year; what is assigned is passed over, because it could only contradict it."""

    def __get__(self, instance: Any, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        year = instance.__dict__.get("year")
        return date(year, 12, 31) if isinstance(year, int) else None

    def __set__(self, instance: Any, value: Any) -> None:
        pass


class YearEnd(models.DateField):  # type: ignore[type-arg]
    """The last day of the year that the row's ``year`` names, stored because clocks and lists start from columns."""

    descriptor_class = _FollowsTheYear


def years() -> list[tuple[int, str]]:
    """The years a report may tell of: from those whose ledgers may still be taken over."""
    return [(year, str(year)) for year in range(2010, 2061)]


class Report(Case):
    """This report: for which year, on whose work, and when it was sent up and published.

    ``subject`` is the area, department or street it tells of; ``unit`` the one that writes it. Figures in its text are
    those of the subject.
    """

    kind = models.CharField("报告类别", max_length=20, choices=Kind.choices, default=Kind.AREA)
    year = models.PositiveSmallIntegerField("报告年度", choices=years)
    year_ended_on = YearEnd("年度终了", editable=False)
    subject = models.ForeignKey(Unit, models.PROTECT, verbose_name="报告主体", related_name="+")
    heading = models.CharField("报告标题", max_length=100)
    returned_for = models.CharField("退回意见", max_length=500, blank=True)
    submitted_to = models.CharField(
        "报送机关", max_length=200, blank=True, help_text="本级党委、人民政府和上一级主管机关；抄送督察单位"
    )
    submitted_on = models.DateField("报送日期", null=True, blank=True)
    published_at = models.CharField("公开载体", max_length=200, blank=True, help_text="网址，或报刊名称和期号")
    published_on = models.DateField("公开日期", null=True, blank=True)

    class Meta(Case.Meta):
        verbose_name = "年度报告"
        verbose_name_plural = verbose_name
        constraints = [
            *Case.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "year", "subject", "kind"],
                condition=models.Q(void_reason=""),
                name="report_once_a_year",
            ),
        ]

    def describe(self) -> str:
        """This title: the heading."""
        return self.heading


class Block(Record):
    """This piece of a report's text: a heading (``level`` 1 to 3) or a paragraph (0), with the part it belongs to.

    The text is plain, with tokens where figures stand; see ``queries.tokens``. A paragraph that is still to be written
    is empty. ``unit`` is who contributed it. Blocks are taken out, never deleted.
    """

    report = models.ForeignKey(Report, models.PROTECT, verbose_name="年度报告", related_name="blocks")
    order = models.PositiveIntegerField("次序")
    level = models.PositiveSmallIntegerField("层级", default=0)
    part = models.CharField("法定部分", max_length=20, choices=Part.choices)
    text = models.TextField("文字", blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="提供单位", null=True, blank=True, related_name="+", db_index=False
    )
    removed = models.BooleanField("已删去", default=False)

    class Meta:
        verbose_name = "报告段落"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(condition=models.Q(level__lte=3), name="report_block_level"),
        ]
        indexes = [models.Index(fields=["report", "order", "id"], name="report_block_order")]
