"""The figures of public legal services. Their keys keep the names reports have always used."""

from __future__ import annotations

from fazhi.kernel.records.measures.declaring import Measures, Reported


class ServicesMeasures(Measures):
    """Reported by the public legal service centre until consultations have a register of their own."""

    line = "services"

    consultations = Reported(
        "public_legal_services.consultations",
        label="法律咨询件数",
        unit="件",
        definition="报告期内公共法律服务中心、工作站在窗口、热线和网上解答的法律咨询，按解答日计；村居法律顾问平台上的咨询另计，不重复计入",
        aliases=["法律咨询", "提供法律咨询", "解答法律咨询"],
    )
    documents_drafted = Reported(
        "public_legal_services.documents_drafted",
        label="代拟法律文书件数",
        unit="件",
        definition="报告期内公共法律服务中心、工作站为群众代拟的法律文书，按交付日计；法律援助案件办理中制作的文书不计入",
        aliases=["代拟法律文书", "代写法律文书", "代书"],
    )
    duty_lawyer_help = Reported(
        "legal_aid.duty_lawyer_help",
        label="法律帮助件数",
        unit="件",
        definition="报告期内值班律师为没有辩护人的犯罪嫌疑人、被告人提供的法律帮助，按提供日计，一人一案计1件；认罪认罚见证含在内，指派辩护的不计入",
        aliases=["法律帮助", "值班律师法律帮助", "刑事法律帮助"],
    )
    village_adviser_users = Reported(
        "public_legal_services.village_adviser_users",
        label="村居法律顾问平台用户人数",
        unit="人",
        definition="报告期末日在村居法律顾问平台注册的用户；同一人重复注册的计1人，已注销的不计入",
        at_end=True,
        aliases=["村居法律顾问平台用户", "平台用户", "用户"],
    )
    village_adviser_consultations = Reported(
        "public_legal_services.village_adviser_consultations",
        label="村居法律顾问平台提供咨询件次",
        unit="件次",
        definition="报告期内村居法律顾问通过平台和现场提供的咨询，按解答日计；同一问题多次解答的分次计",
        aliases=["村居法律顾问咨询", "提供咨询"],
    )
