"""Imports and exports: what was asked, how far it has come, and which records a row became."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.models import Held
from fazhi.kernel.ground.orgs.models import Unit


class ImportState(models.TextChoices):
    """How far an import has come."""

    UPLOADED = "uploaded", "待对应列"
    CHECKING = "checking", "预检中"
    CHECKED = "checked", "已预检，未写入"
    WRITING = "writing", "写入中"
    DONE = "done", "已导入"
    UNDOING = "undoing", "撤销中"
    STOPPED = "stopped", "已停止，未写入"
    FAILED = "failed", "未完成，未写入"
    UNDONE = "undone", "已整批撤销"


WORKING = (ImportState.CHECKING, ImportState.WRITING, ImportState.UNDOING)
"""States in which work is under way, or waits for a worker."""


class Writes(models.TextChoices):
    """Which rows are written where some have faults."""

    ALL = "all", "全部写入，有一行不成就都不写"
    GOOD = "good", "只写入无误的行"


class Import(Held):
    """This import of a file into a register, from upload to result; the file and its faults are kept sealed beside it.

    ``mapping`` maps the place of a column (a text, for JSON) to the key of a target. ``unit`` is where the person who
    imports sits, ``for_unit`` the unit all rows are entered for, if one was chosen. ``reached`` is the last row of the
    file whose writing is committed: where an interrupted import goes on. ``asked_at`` is the instant at which check,
    writing or undo was asked for, and by whom: whatever is written carries it, however often work is taken up again.
    """

    register = models.CharField("台账", max_length=80)
    account = models.ForeignKey(Account, models.PROTECT, verbose_name="导入人", null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="导入单位", related_name="+")
    for_unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="承办单位", null=True, blank=True, related_name="+")
    file_name = models.CharField("文件", max_length=200)
    stored = models.CharField("存放处", max_length=200, blank=True)
    findings = models.CharField("预检结果存放处", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED)
    history = models.BooleanField("补录", default=False)
    same_allowed = models.BooleanField("内容相同的行也导入", default=False)
    sheet = models.CharField("工作表", max_length=100, blank=True)
    head_first = models.PositiveIntegerField("表头起", default=1)
    head_last = models.PositiveIntegerField("表头止", default=1)
    mapping = models.JSONField("列的对应", default=dict)
    writes = models.CharField("写入方式", max_length=10, choices=Writes.choices, blank=True)
    reason = models.CharField("更正（撤销）原因", max_length=200, blank=True)
    rows = models.PositiveIntegerField("数据行", default=0)
    bad = models.PositiveIntegerField("有误行", default=0)
    changes = models.PositiveIntegerField("更正行", default=0)
    written = models.PositiveIntegerField("写入", default=0)
    reached = models.PositiveIntegerField("已处理至行", default=0)
    problem = models.CharField("问题", max_length=500, blank=True)
    at = models.DateTimeField("上传时间")
    asked_at = models.DateTimeField("发起时间")
    asked_by = models.ForeignKey(Account, models.PROTECT, verbose_name="发起人", null=True, related_name="+")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "导入"
        verbose_name_plural = verbose_name
        indexes = [models.Index(fields=["register", "-id"], name="exchange_import_register")]

    def __str__(self) -> str:
        return f"{self.file_name}（{self.at:%Y-%m-%d}）"


class Origin(Held):
    """Where a record came from: which row of which import; ``fingerprint`` is how the row is known when brought again.

    ``numbered`` says that the row brought its number, which is free again when the import is undone.
    """

    audited: ClassVar[bool] = False  # the first step of each record says the same, and is audited
    deletable: ClassVar[bool] = True  # an import taken back unfinished may be written again

    of = models.ForeignKey(Import, models.PROTECT, verbose_name="导入", related_name="origins")
    row = models.PositiveIntegerField("行")
    record_id = models.BigIntegerField("记录")
    fingerprint = models.BinaryField("摘要", max_length=16)
    numbered = models.BooleanField("自带编号", default=False)

    class Meta:
        verbose_name = "导入来源"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "of", "row"], name="exchange_row_once")]
        indexes = [
            models.Index(fields=["record_id"], name="exchange_origin_record"),
            models.Index(fields=["fingerprint"], name="exchange_origin_print"),
        ]


class Remembered(Held):
    """How a person mapped the columns of a register's ledger last time: plain heading → key of a target."""

    audited: ClassVar[bool] = False  # a convenience of one person

    account = models.ForeignKey(Account, models.CASCADE, verbose_name="账号", related_name="+")
    register = models.CharField("台账", max_length=80)
    mapping = models.JSONField("列的对应", default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "account", "register"], name="exchange_remembered_once")
        ]


class ExportState(models.TextChoices):
    """How far an export has come."""

    WAITING = "waiting", "等待生成"
    RUNNING = "running", "生成中"
    DONE = "done", "已生成"
    STOPPED = "stopped", "已停止"
    FAILED = "failed", "未完成"


class Export(Held):
    """This export of a list: whose, of which register, under which filters and columns; the file is kept sealed."""

    register = models.CharField("台账", max_length=80)
    account = models.ForeignKey(Account, models.PROTECT, verbose_name="导出人", related_name="+")
    parameters = models.JSONField("筛选", default=dict)
    columns = models.JSONField("栏目", default=list)
    format = models.CharField("格式", max_length=10)
    state = models.CharField("状态", max_length=10, choices=ExportState.choices, default=ExportState.WAITING)
    stored = models.CharField("存放处", max_length=200, blank=True)
    rows = models.PositiveIntegerField("行数", default=0)
    problem = models.CharField("问题", max_length=500, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "导出"
        verbose_name_plural = verbose_name


class Progress(Held):
    """How far work in the background is, told outside its transaction, and whether somebody asked it to stop.

    ``of`` is the id of the import or export. A row nobody has touched for a while belongs to a worker that is gone.
    """

    deletable: ClassVar[bool] = True
    audited: ClassVar[bool] = False  # of the moment, and gone when the work is done

    of = models.BigIntegerField("工作")
    doing = models.CharField("环节", max_length=40, blank=True)
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("共", default=0)
    began_at = models.DateTimeField("开始")
    told_at = models.DateTimeField("最近")
    stop = models.BooleanField("停止", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "of"], name="exchange_progress_once")]
