"""Matters that belong to an application and have clocks of their own: letters with a reply due, incidental reviews."""

from __future__ import annotations

from django.db import models

from fazhi.kernel.casework.matters.models import Case
from fazhi.lines.reconsideration.codes import Letter
from fazhi.lines.reconsideration.models.application import Application


class Suggestion(Case):
    """This opinion letter about a case, or letter of suggestion about what is general.

    Of an opinion letter a report is due by law (行政复议法第七十六条); a suggestion names its own day
    (实施条例第五十七条第二款).
    """

    kind = models.CharField("文书类别", max_length=20, choices=Letter.choices, default=Letter.OPINION)
    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="所属案件", null=True, blank=True, related_name="suggestions"
    )
    addressee = models.CharField("主送机关", max_length=80)
    problems = models.TextField("发现的问题")
    advice = models.TextField("意见（建议）")
    basis = models.TextField("法律依据", blank=True)
    reply_by = models.DateField("指定反馈日期", null=True, blank=True, help_text="建议书填写")
    issued_on = models.DateField("制发日期", null=True, blank=True)
    delivered_on = models.DateField("送达日期", null=True, blank=True)
    urged_on = models.DateField("催办日期", null=True, blank=True)
    replied_on = models.DateField("反馈日期", null=True, blank=True)
    reply = models.TextField("反馈内容", blank=True)
    carried_out = models.BooleanField("已落实", default=False)

    class Meta(Case.Meta):
        verbose_name = "行政复议意见书、建议书"
        verbose_name_plural = verbose_name
        indexes = [*Case.Meta.indexes, models.Index(fields=["jurisdiction", "issued_on"])]

    def describe(self) -> str:
        """This title: to whom, and about what."""
        return f"致{self.addressee}：{self.problems[:60]}"


class NormativeReview(Case):
    """This review of a normative document, or of a basis, that was asked for or is doubted in a case (第五十六条至第六十条)."""

    opened_on = models.DateField("提出（发现）日期")
    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="所属案件", related_name="normative_reviews"
    )
    document = models.CharField("文件名称、文号", max_length=160)
    clauses = models.CharField("有关条款", max_length=200)
    maker = models.CharField("制定机关", max_length=80)
    of_own_motion = models.BooleanField("本机关依职权审查", default=False)
    within_power = models.BooleanField("本机关有权处理", null=True, blank=True, help_text="尚未确定的不填")
    maker_asked_on = models.DateField("通知制定机关日期", null=True, blank=True)
    maker_received_on = models.DateField("制定机关收到日期", null=True, blank=True)
    maker_replied_on = models.DateField("制定机关答复日期", null=True, blank=True)
    maker_reply = models.TextField("制定机关答复要点", blank=True)
    forwarded_to = models.CharField("转送机关", max_length=80, blank=True)
    forwarded_on = models.DateField("转送日期", null=True, blank=True)
    forward_received_on = models.DateField("受转送机关收到日期", null=True, blank=True)
    finding = models.TextField("审查意见", blank=True)
    lawful = models.BooleanField("条款合法", null=True, blank=True)
    order = models.TextField("处理决定", blank=True)

    class Meta(Case.Meta):
        verbose_name = "规范性文件附带审查"
        verbose_name_plural = verbose_name

    def describe(self) -> str:
        """This title: the document and its clauses."""
        return f"{self.document}{self.clauses}"[:200]
