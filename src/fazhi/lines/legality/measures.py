"""The figures of legality review."""

from __future__ import annotations

from fazhi.kernel.records.measures.declaring import Measures, Reported


class LegalityMeasures(Measures):
    """Reported by the reviewing section until review requests have a register of their own."""

    line = "legality"

    normative_documents_reviewed = Reported(
        "legality.normative_documents_reviewed",
        label="审核行政规范性文件数",
        unit="件",
        definition="报告期内出具合法性审核意见的行政规范性文件，按意见出具日计；同一文件多次送审的计1件，退回补正后未再送审的不计入",
        aliases=["审核行政规范性文件", "行政规范性文件", "规范性文件合法性审核", "审查规范性文件"],
    )
    foi_replies_reviewed = Reported(
        "legality.foi_replies_reviewed",
        label="审核政府信息公开答复数",
        unit="件",
        definition="报告期内出具审核意见的政府信息依申请公开答复，按意见出具日计；同一申请的补正、延期告知不另计",
        aliases=["政府信息公开答复", "信息公开答复"],
    )
    normative_document_cleanups = Reported(
        "legality.normative_document_cleanups",
        label="规范性文件专项清理次数",
        unit="次",
        definition="报告期内组织的行政规范性文件专项清理，按清理结果公布或报送日计；单个文件的修改、废止不计入",
        aliases=["规范性文件专项清理", "专项清理", "规范性文件清理"],
    )
    contracts_reviewed = Reported(
        "legality.contracts_reviewed",
        label="审核合同数",
        unit="个",
        definition="报告期内出具审核意见的以管理委员会或者其部门为一方的合同（协议），按意见出具日计；同一合同的历次修改稿计1个",
        aliases=["审核合同", "合同审核", "审查合同", "审核各类合同"],
    )
    projects_reviewed = Reported(
        "legality.projects_reviewed",
        label="评审项目数",
        unit="个",
        definition="报告期内派员参加评审并发表法律意见的项目，按评审会召开日计；同一项目多次评审的计1个，仅列席、未发表意见的不计入",
        aliases=["评审项目", "项目评审"],
    )
    major_decision_opinions = Reported(
        "legality.major_decision_opinions",
        label="重大决策事项合法性审查意见份数",
        unit="份",
        definition="报告期内就重大决策事项出具的合法性审查意见，按意见出具日计；计意见份数，一个事项可有多份意见",
        aliases=["合法性审查意见", "重大决策事项合法性审查意见", "重大行政决策合法性审查"],
    )
