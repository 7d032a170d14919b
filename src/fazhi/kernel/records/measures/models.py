"""Reported figures: one value for one measure, unit and period, moving from report to acceptance."""

from __future__ import annotations

from typing import Any

from django.db import models

from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.records.measures.declaring import MEASURES, Reported
from fazhi.kernel.records.measures.periods import Period


def reported_measures() -> list[tuple[str, str]]:
    """The measures that are reported, by key and label: all that the lines of this installation declare so."""
    return [(key, measure.label) for key, measure in sorted(MEASURES.items()) if isinstance(measure, Reported)]


class MeasureField(models.CharField):  # type: ignore[type-arg]
    """The key of a reported measure, to be chosen; a check says what is wrong with another in better words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_length": 80, "choices": reported_measures})

    def deconstruct(self) -> Any:
        """Leaves out what is settled here."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: value for key, value in kwargs.items() if key not in ("choices", "max_length")}

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuses nothing but emptiness."""
        if not value:
            super().validate(value, model_instance)


class ReportedFigure(Case):
    """This value a unit reports for a measure and a period, with its evidence.

    ``applicable`` False says that the measure does not exist for the unit; the value is then empty. Zero is a value.
    """

    measure = MeasureField("指标")
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
        measure = MEASURES.get(self.measure)
        return f"{measure.label if measure else self.measure}（{Period(self.period_first, self.period_last).label}）"
