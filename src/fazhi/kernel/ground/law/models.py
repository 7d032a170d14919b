"""What an administrator decided about a version of a rule."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fazhi.kernel.ground.core.models import Held
from fazhi.kernel.ground.law.effect import SOURCE_LENGTH
from fazhi.kernel.ground.law.entries import Unit

_UNITS = [(unit.value, unit.label) for unit in Unit]


class RuleSetting(Held):
    """This decision of a bureau about one version of a rule: on or off, with a number where the law has none.

    ``rule_id`` is the id of the version (:attr:`~fazhi.kernel.ground.law.entries.Rule.id`): when the law changes, the
    next version starts as it is shipped. ``decided_by`` is an account. A decision that was withdrawn has no effect.
    Written by :mod:`fazhi.kernel.ground.law.deciding` only.
    """

    rule_id = models.CharField("规则版本", max_length=80)
    enabled = models.BooleanField("启用")
    value = models.PositiveIntegerField("数额", null=True, blank=True)
    unit = models.CharField("单位", max_length=12, null=True, blank=True, choices=_UNITS)
    source = models.CharField("依据", max_length=SOURCE_LENGTH)
    decided_by = models.BigIntegerField("决定人")
    decided_on = models.DateField("决定日期")
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)

    class Meta:
        verbose_name = "期限规则设置"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "rule_id"], name="law_rule_setting_once"),
            models.CheckConstraint(
                # A comparison with NULL is neither true nor false, and a check refuses only what is false.
                condition=models.Q(value=None, unit=None)
                | models.Q(
                    value__isnull=False, unit__isnull=False, value__gte=1, unit__in=[each.value for each in Unit]
                ),
                name="law_rule_setting_number",
                violation_error_message="数额和单位须同时填写，数额须为正整数",
            ),
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="law_rule_setting_source",
                violation_error_message="请写明依据（文件名称、文号和条款）",
            ),
        ]

    def __str__(self) -> str:
        return self.rule_id
