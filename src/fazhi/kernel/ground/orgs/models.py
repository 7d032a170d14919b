"""Units and their succession."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fazhi.kernel.ground.core.models import Held, Record


class UnitKind(models.TextChoices):
    """What a unit is; the kernel needs to know only which one is the bureau."""

    AREA = "area", "管理委员会（区人民政府）"
    BUREAU = "bureau", "司法局"
    SECTION = "section", "科室（中心）"
    DEPARTMENT = "department", "部门"
    STREET = "street", "街道（镇）"
    ORGANISATION = "organisation", "组织（机构）"


class Unit(Record):
    """This organ, department, street, section or organisation, from ``valid_from`` until ``valid_to`` (open: null).

    ``audience`` is the projection of the tree that visibility is written from: the unit itself, every unit above it and
    the bureau of the jurisdiction. It is rebuilt by :func:`fazhi.kernel.ground.orgs.tree.rebuild`.
    """

    code = models.CharField("代码", max_length=20)
    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("简称", max_length=20)
    sort_key = models.CharField("拼音", max_length=200, editable=False, default="")
    kind = models.CharField("类别", max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, verbose_name="上级", null=True, blank=True, related_name="+")
    valid_from = models.DateField("设立日期")
    valid_to = models.DateField("撤销日期", null=True, blank=True)
    audience = ArrayField(models.BigIntegerField(), verbose_name="可见单位", default=list, editable=False)

    class Meta:
        verbose_name = "单位"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "code"], name="orgs_unit_code"),
            models.UniqueConstraint(
                fields=["jurisdiction"], condition=models.Q(kind="bureau", valid_to=None), name="orgs_one_bureau"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="orgs_unit_period",
                violation_error_message="撤销日期不能早于设立日期",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "kind"], name="orgs_unit_kind")]

    def __str__(self) -> str:
        return self.name


class Succession(Held):
    """This reorganisation: from ``on``, what ``predecessor`` did is done by ``successor``; history stays where it was."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, verbose_name="原单位", related_name="+")
    successor = models.ForeignKey(Unit, models.PROTECT, verbose_name="承继单位", related_name="+")
    on = models.DateField("调整日期")
    basis = models.CharField("依据文件", max_length=200, blank=True)

    class Meta:
        verbose_name = "机构沿革"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "predecessor", "successor", "on"], name="orgs_succession_once"
            )
        ]
