"""The figures of administrative reconsideration."""

from __future__ import annotations

from fazhi.kernel.records.measures.declaring import Measures, Ratio, Reported


class ReconsiderationMeasures(Measures):
    """Reported by the reconsideration section until its cases have a register of their own."""

    line = "reconsideration"

    received = Reported(
        "reconsideration.received",
        label="收到行政复议申请数",
        unit="件",
        definition="报告期内行政复议机构收到的行政复议申请，按收到日计；补正材料不另计，不属于行政复议的来信不计入",
        aliases=["收到行政复议申请", "收到复议申请", "新收行政复议申请", "行政复议申请"],
    )
    accepted = Reported(
        "reconsideration.accepted",
        label="受理行政复议案件数",
        unit="件",
        definition="报告期内受理的行政复议案件，按受理日计；含上年度收到、报告期内受理的，不予受理、转送、受理前撤回的不计入",
        aliases=["受理行政复议案件", "受理复议案件", "受理"],
    )
    concluded = Reported(
        "reconsideration.concluded",
        label="办结行政复议案件数",
        unit="件",
        definition="报告期内作出行政复议决定、达成调解或者终止的行政复议案件，按办结日计；含上年度受理、结转办理的，不予受理的不计入",
        aliases=["办结行政复议案件", "审结行政复议案件", "已办结", "审结"],
    )
    terminated_after_settlement = Reported(
        "reconsideration.terminated_after_settlement",
        label="经调解和解终止复议案件数",
        unit="件",
        definition="报告期内办结的行政复议案件中，经调解、和解后终止的，按办结日计；申请人因其他原因撤回而终止的不计入",
        part_of=concluded,
        aliases=["终止复议", "调解和解结案", "经调解和解终止复议", "调解和解"],
    )
    settlement_rate = Ratio(
        "reconsideration.settlement_rate",
        terminated_after_settlement,
        concluded,
        label="行政复议调解率",
        definition="经调解和解终止复议案件数占同期办结行政复议案件数的比例；不以受理数为分母",
        aliases=["调解率", "行政复议调解率", "调解和解率"],
    )
    carried_out = Reported(
        "reconsideration.carried_out",
        label="期末未审结行政复议案件数",
        unit="件",
        definition="报告期末日已受理、尚未办结的行政复议案件；上期期末数加本期受理数，等于本期办结数加本期期末数",
        at_end=True,
        aliases=["未审结", "结转下年"],
    )
