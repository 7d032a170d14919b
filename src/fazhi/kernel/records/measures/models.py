"""Reported figures: one value for one measure, unit and period, moving from report to acceptance."""

from __future__ import annotations

from django.db import models

from fazhi.kernel.casework.matters.models import Case


class ReportedFigure(Case):
    """This value a unit reports for a measure and a period, with its evidence.

    ``applicable`` False says that the measure does not exist for the unit; the value is then empty. Zero is a value.
    """

    measure = models.CharField("指标", max_length=80)
    period_first = models.DateField("期间起")
    period_last = models.DateField("期间止")
    applicable = models.BooleanField(
        "适用", default=True, help_text="本单位没有这项职权或业务时，填“否”；有而未发生的，填0"
    )
    value = models.DecimalField("数值", max_digits=18, decimal_places=2, null=True, blank=True)
    evidence = models.TextField("依据", help_text="数值从哪些台账、文件得来，由谁保管")
    note = models.CharField("说明", max_length=200, blank=True)
    returned_for = models.CharField("退回原因", max_length=200, blank=True)

    class Meta(Case.Meta):
        verbose_name = "填报数据"
        verbose_name_plural = verbose_name
        constraints = [
            *Case.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "measure", "unit", "period_first", "period_last"],
                condition=models.Q(void_reason=""),
                name="measures_reported_once",
            ),
            models.CheckConstraint(
                condition=models.Q(applicable=False, value=None) | models.Q(applicable=True, value__isnull=False),
                name="measures_reported_value",
                violation_error_message="适用的指标须填数值（没有发生填0），不适用的不填数值",
            ),
        ]

    def describe(self) -> str:
        """This title: the measure and its period."""
        return f"{self.measure} {self.period_first.isoformat()}至{self.period_last.isoformat()}"
