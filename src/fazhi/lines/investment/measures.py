"""The figures of the legal risk of investment projects."""

from __future__ import annotations

from fazhi.kernel.records.measures.declaring import Measures, Reported


class InvestmentMeasures(Measures):
    """Reported by the section that drafts agreements until templates and agreements have registers of their own."""

    line = "investment"

    contract_template_classes = Reported(
        "investment.contract_template_classes",
        label="招商合同模板类别数",
        unit="类",
        definition="报告期末日有效的招商引资合同模板的类别（如用地项目、非用地项目）；同一类别的历次版本计1类",
        at_end=True,
        aliases=["招商合同模板", "合同模板", "大类"],
    )
