"""The arrangement of a year as a bureau loaded it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fazhi.kernel.ground.core.models import Held

SOURCE_LENGTH = 300


class Year(Held):
    """This year's rest days and days worked in exchange, loaded by a bureau before, or in place of, the shipped ones.

    The State Council's notice is one for the country, but whoever loads it answers for it: each jurisdiction has its
    own. ``holidays`` is the list of holidays as in ``arrangements.yaml``; ``decided_by`` is an account. A year that was
    withdrawn has no effect. Written by :mod:`fazhi.kernel.ground.calendar.loading` only.
    """

    year = models.PositiveSmallIntegerField("年度")
    holidays = models.JSONField("放假安排")
    source = models.CharField("依据", max_length=SOURCE_LENGTH)
    decided_by = models.BigIntegerField("录入人")
    decided_on = models.DateField("录入日期")
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)

    class Meta:
        verbose_name = "年度放假安排"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "year"], name="calendar_year_once"),
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="calendar_year_source",
                violation_error_message="请写明依据（通知名称和文号）",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年"
