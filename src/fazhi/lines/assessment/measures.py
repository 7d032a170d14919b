"""The figures of assessing law-based government."""

from __future__ import annotations

from fazhi.kernel.records.measures.declaring import Measures, Ratio, Reported


class AssessmentMeasures(Measures):
    """Reported by the rule-of-law office until rounds and questionnaires have registers of their own."""

    line = "assessment"

    questionnaires = Reported(
        "assessment.questionnaires",
        label="法治政府建设满意度有效问卷数",
        unit="份",
        definition="报告期内第三方评议回收的有效满意度问卷，按回收截止日计；未答主要问题的废卷不计入",
        aliases=["有效问卷", "满意度问卷"],
    )
    satisfied = Reported(
        "assessment.satisfied",
        label="评价满意的有效问卷数",
        unit="份",
        definition="有效满意度问卷中总体评价为“满意”“比较满意”的，按回收截止日计",
        part_of=questionnaires,
        aliases=["满意问卷"],
    )
    satisfaction = Ratio(
        "assessment.satisfaction",
        satisfied,
        questionnaires,
        label="法治政府建设满意度",
        definition="评价满意的有效问卷数占有效问卷数的比例",
        aliases=["群众满意度", "法治建设满意度", "法治政府建设满意度"],
    )
