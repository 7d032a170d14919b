"""What may be chosen in this line."""

from django.db import models


class Kind(models.TextChoices):
    """Whose work a report tells of (法治政府建设与责任落实督察工作规定第二十三条)."""

    AREA = "area", "本地区法治政府建设年度报告"
    DEPARTMENT = "department", "部门法治政府建设年度报告"


class Part(models.TextChoices):
    """The parts a report must have (同上第二十五条)."""

    EFFECTS = "effects", "主要举措和成效"
    SHORTCOMINGS = "shortcomings", "存在的不足和原因"
    DUTY = "duty", "主要负责人履行第一责任人职责情况"
    NEXT = "next", "下一年度主要安排"
    OTHER = "other", "其他需要报告的情况"


DEMANDED = (Part.EFFECTS, Part.SHORTCOMINGS, Part.DUTY, Part.NEXT)
"""The parts without which a report is not complete; the last one is for what else there may be."""

HINTS = {
    Part.EFFECTS: "写明采取的举措和取得的成效",
    Part.SHORTCOMINGS: "逐条写明不足，并写明原因",
    Part.DUTY: "写明党政主要负责人履行推进法治建设第一责任人职责的情况",
    Part.NEXT: "写明下一年度的主要安排，每项有牵头单位和时限",
    Part.OTHER: "写明其他需要报告的情况；没有的，删去本段",
}
