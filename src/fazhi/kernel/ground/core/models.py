"""Jurisdictions, and the columns every record of ours carries."""

from __future__ import annotations

from django.db import models

from fazhi.kernel.ground.core.ids import next_id


class Jurisdiction(models.Model):
    """This area whose data is kept apart: a district, a New Area, or the city above several of them."""

    id = models.BigIntegerField(primary_key=True, default=next_id)
    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, verbose_name="上级", null=True, blank=True, related_name="parts")

    class Meta:
        verbose_name = "辖区"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.name


class Held(models.Model):
    """A row that belongs to one jurisdiction; row-level security and the audit trigger are put on its table."""

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name="辖区", related_name="+", db_index=False, editable=False
    )

    class Meta:
        abstract = True


class Record(Held):
    """A business record: it has a version, and says when and by whom it was first recorded."""

    version = models.PositiveIntegerField("版本", default=1, editable=False)
    recorded_at = models.DateTimeField("登记时间", editable=False)
    recorded_by = models.BigIntegerField("登记人", null=True, editable=False)

    class Meta:
        abstract = True
