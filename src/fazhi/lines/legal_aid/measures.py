"""The figures of legal aid."""

from __future__ import annotations

from fazhi.kernel.records.measures.declaring import Balance, Measures, Reported


class LegalAidMeasures(Measures):
    """Reported by the legal aid centre until its cases have a register of their own."""

    line = "legal_aid"

    accepted = Reported(
        "legal_aid.accepted",
        label="受理法律援助案件数",
        unit="件",
        definition="报告期内决定给予法律援助的案件，按决定日计；含办案机关通知辩护、代理的，法律咨询、值班律师法律帮助不计入",
        aliases=["受理法律援助", "受理法律援助案件", "法律援助案件"],
    )
    concluded = Reported(
        "legal_aid.concluded",
        label="法律援助结案件数",
        unit="件",
        definition="报告期内办结的法律援助案件，按结案日计；含以前年度受理的，终止援助的计入",
        aliases=["结案", "法律援助结案", "办结法律援助案件"],
    )
    carried_out = Reported(
        "legal_aid.carried_out",
        label="期末未结法律援助案件数",
        unit="件",
        definition="报告期末日已受理、尚未结案的法律援助案件；上期期末数加本期受理数，等于本期结案数加本期期末数",
        at_end=True,
        aliases=["未结案件", "未结法律援助案件"],
    )
    stock = Balance(carried_out, inflow=[accepted], outflow=[concluded])
