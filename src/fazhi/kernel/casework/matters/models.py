"""The card of a matter, who may see it, how many there are; and the bases of every record kind."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.models import Held, Record
from fazhi.kernel.ground.orgs.models import Unit


class Secrecy(models.TextChoices):
    """密级. State secrets do not belong in this system; what is here is at most internal."""

    OPEN = "open", "公开"
    INTERNAL = "internal", "内部"
    WORK_SECRET = "work_secret", "工作秘密"


class Matter(Record):
    """This index card of a case, one thin row across all lines; its case has the same id.

    ``record`` names the kind (``mediation.mediation``). Inbox, links, search and foreign keys use the card.
    """

    record = models.CharField("类别", max_length=60)
    number = models.CharField("编号", max_length=80)
    title = models.CharField("名称", max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="承办单位", related_name="+", db_index=False)
    handler = models.ForeignKey(
        Account, models.PROTECT, verbose_name="承办人", null=True, blank=True, related_name="+", db_index=False
    )
    state = models.CharField("状态", max_length=40)
    phase = models.CharField("阶段", max_length=10, choices=Phase.choices)
    opened_on = models.DateField("登记日期")
    due_on = models.DateField("到期日", null=True, blank=True)
    part_of = models.ForeignKey(
        "self", models.PROTECT, verbose_name="所属事项", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "事项"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "record", "number"], name="matters_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class MatterLink(Held):
    """This link between two matters, e.g. a suit after reconsideration, a referral that became a case."""

    source = models.ForeignKey(Matter, models.PROTECT, verbose_name="来源事项", related_name="+")
    target = models.ForeignKey(Matter, models.PROTECT, verbose_name="关联事项", related_name="+")
    relation = models.CharField("关联关系", max_length=40)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "关联"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "source", "target", "relation"], name="matters_link_once")
        ]


class Step(Held):
    """This step a case has taken: which act, from which state to which, on which legal day, by whom, why.

    Steps are facts: clocks are derived from them, and the timeline shows them. A record taken over from a finished
    ledger has one step, ``history``.
    """

    matter_id = models.BigIntegerField()
    act = models.CharField("办理", max_length=40)
    from_state = models.CharField("原状态", max_length=40, blank=True)
    to_state = models.CharField("现状态", max_length=40, blank=True)
    on = models.DateField("日期")
    at = models.DateTimeField("登记时间")
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField("办理人", max_length=40)
    note = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        verbose_name = "办理过程"
        verbose_name_plural = verbose_name
        indexes = [models.Index(fields=["matter_id", "id"], name="matters_step_matter")]


class Visibility(Held):
    """This projection row: ``unit`` may see ``matter``. Lists and counts of cases start here.

    Rebuildable from cards and units, therefore deletable and not audited.
    """

    deletable: ClassVar[bool] = True
    audited: ClassVar[bool] = False

    unit_id = models.BigIntegerField()
    matter_id = models.BigIntegerField()
    record = models.CharField(max_length=60)
    phase = models.CharField(max_length=10)
    handler_id = models.BigIntegerField(null=True)
    opened_on = models.DateField()
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "matter_id", "unit_id"], name="matters_visible_once")
        ]
        indexes = [
            models.Index(fields=["unit_id", "record", "-opened_on", "-matter_id"], name="matters_visible_list"),
            models.Index(
                fields=["unit_id", "due_on", "matter_id"],
                name="matters_visible_due",
                condition=models.Q(phase__in=["open", "waiting"]),
            ),
            models.Index(
                fields=["handler_id", "due_on", "matter_id"],
                name="matters_visible_handler",
                condition=models.Q(phase__in=["open", "waiting"]),
            ),
        ]


class Tally(Held):
    """These changes in how many matters a unit sees, by kind, phase and handler; the sum is the exact total.

    Written by a trigger on :class:`Visibility`, compacted by the worker; rebuildable.
    """

    deletable: ClassVar[bool] = True
    audited: ClassVar[bool] = False

    unit_id = models.BigIntegerField()
    record = models.CharField(max_length=60)
    phase = models.CharField(max_length=10)
    handler_id = models.BigIntegerField(null=True)
    delta = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["unit_id", "record", "phase", "handler_id"], include=["delta"], name="matters_tally_read"
            )
        ]


class Counter(Held):
    """This last serial number taken in a series and year; a number once taken stays taken."""

    audited: ClassVar[bool] = False

    series = models.CharField("编号序列", max_length=80)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("已用至", default=0)

    class Meta:
        verbose_name = "编号"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "series", "year"], name="matters_counter_series")
        ]


class Case(Record):
    """Base of a line's own table of cases: the same id as its card, and every column a list needs."""

    number = models.CharField("编号", max_length=80, blank=True)
    title = models.CharField("名称", max_length=200, blank=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="承办单位", related_name="+", db_index=False)
    handler = models.ForeignKey(
        Account, models.PROTECT, verbose_name="承办人", null=True, blank=True, related_name="+", db_index=False
    )
    state = models.CharField("状态", max_length=40, editable=False)
    phase = models.CharField("阶段", max_length=10, choices=Phase.choices, editable=False)
    opened_on = models.DateField("登记日期")
    concluded_on = models.DateField("办结日期", null=True, blank=True)
    closed_on = models.DateField("归档日期", null=True, blank=True)
    due_on = models.DateField("到期日", null=True, blank=True, editable=False)
    pending = models.CharField("审批中的事项", max_length=40, blank=True, default="", editable=False)
    historical = models.BooleanField("补录", default=False, editable=False)
    secrecy = models.CharField("密级", max_length=20, choices=Secrecy.choices, default=Secrecy.INTERNAL)
    void_reason = models.CharField("作废原因", max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="%(app_label)s_%(class)s_number")
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "opened_on", "id"]),
            models.Index(fields=["unit", "opened_on"]),
        ]

    def describe(self) -> str:
        """This case's title as the card shows it; a line says it better."""
        return str(self._meta.verbose_name)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Child(Held):
    """Base of a row that belongs to a case and is added by an act: a hearing, a session, an opinion.

    A line's child declares ``case``, a foreign key to its case with ``related_name`` set. It has no state and no clock of its own;
    what has is a matter of its own (``part_of``).
    """

    added_on = models.DateField("登记日期", editable=False)
    added_by = models.BigIntegerField("登记人", null=True, editable=False)

    class Meta:
        abstract = True


class Entry(Record):
    """Base of a dated fact with no procedure: an activity, a consultation. ``on`` is its legal day."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="+", db_index=False)
    handler = models.ForeignKey(
        Account, models.PROTECT, verbose_name="经办人", null=True, blank=True, related_name="+", db_index=False
    )
    on = models.DateField("日期")
    void_reason = models.CharField("作废原因", max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["jurisdiction", "on", "id"]),
            models.Index(fields=["unit", "on"]),
        ]


class Standing(Record):
    """Base of something that holds over time, from ``valid_from`` to ``valid_to`` inclusive (open: null)."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="+", db_index=False)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="%(app_label)s_%(class)s_period",
                violation_error_message="截止日期不能早于起始日期",
            )
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "valid_from", "id"]),
            models.Index(fields=["unit", "valid_from"]),
        ]
