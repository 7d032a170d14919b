"""Runs: one run of a statutory clock on a matter."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fazhi.kernel.ground.core.models import Held


class Standing(models.TextChoices):
    """Where a run stands."""

    RUNNING = "running", "进行中"
    PAUSED = "paused", "中止"
    MET = "met", "按期"
    LATE = "late", "逾期办结"
    UNSURE = "unsure", "超过待核实期限"


class Run(Held):
    """This run of a clock: its intervals are stored, its due day is a projection that can be rebuilt from them.

    ``pauses`` holds pairs of days ``[from, to]`` (``to`` null while paused). ``rule`` is the id of the law entry that
    applied; ``certain`` says whether that entry is verified: a run that is not certain warns but never counts as late.
    Derived from the steps and dates of the case, therefore deletable and not audited.
    """

    deletable: ClassVar[bool] = True
    audited: ClassVar[bool] = False

    matter_id = models.BigIntegerField()
    record = models.CharField("类别", max_length=60)
    clock = models.CharField("期限", max_length=60)
    rule = models.CharField("规则", max_length=80)
    started_on = models.DateField("起算日")
    stopped_on = models.DateField("停止日", null=True)
    pauses = models.JSONField("中止区间", default=list)
    extra_days = models.PositiveSmallIntegerField("延长", default=0)
    due_on = models.DateField("届满日", null=True)
    provisional = models.BooleanField("待放假安排确认", default=False)
    certain = models.BooleanField("已核实", default=True)
    standing = models.CharField("情况", max_length=10, choices=Standing.choices)

    class Meta:
        verbose_name = "期限"
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(fields=["matter_id"], name="deadlines_run_matter"),
            models.Index(fields=["record", "clock", "started_on"], name="deadlines_run_clock"),
        ]
