"""The figures of rule-of-law steering."""

from __future__ import annotations

from fazhi.kernel.records.measures.declaring import Measures, Ratio, Reported


class GovernanceMeasures(Measures):
    """Reported by the rule-of-law office until meetings, inspections and duty reports have registers of their own."""

    line = "governance"

    committee_meetings = Reported(
        "governance.committee_meetings",
        label="全面依法治区委员会会议次数",
        unit="次",
        definition="报告期内召开的全面依法治区委员会全体会议，按会议召开日计；办公室会议、协调小组会议不计入",
        aliases=["委员会会议", "依法治区委员会会议", "全面依法治区委员会会议"],
    )
    rectification_items = Reported(
        "governance.rectification_items",
        label="督察反馈整改事项数",
        unit="项",
        definition="报告期内由本区牵头整改的督察反馈意见事项，按整改完成、报送验收日计；仍在整改的和以前年度已完成的不计入",
        aliases=["整改事项", "督察整改事项", "反馈意见整改事项"],
    )
    rectification_measures = Reported(
        "governance.rectification_measures",
        label="细化整改措施数",
        unit="条",
        definition="报告期内为督察反馈整改事项细化的整改措施，按整改方案印发日计；一项整改事项可有多条措施",
        aliases=["整改措施", "细化整改措施"],
    )
    long_term_mechanisms = Reported(
        "governance.long_term_mechanisms",
        label="常态化长效化机制数",
        unit="条",
        definition="报告期内因督察整改建立的长效机制，按制度印发日计；对原有制度的文字修改不计入",
        aliases=["长效化机制", "常态化长效化机制", "长效机制"],
    )
    law_duty_obliged = Reported(
        "governance.law_duty_obliged",
        label="应述法的党政主要负责人人数",
        unit="人",
        definition="报告期年终述职时应当述法的各级党政主要负责人，以依法治区办印发的应述法名单为准，按年度计；年内离任、新任的以年末在任者计",
        aliases=["应述法人数", "应述法的党政主要负责人"],
    )
    law_duty_reporters = Reported(
        "governance.law_duty_reporters",
        label="述法的党政主要负责人人数",
        unit="人",
        definition="应述法名单中，已将履行推进法治建设职责情况列入报告期年终述职的党政主要负责人，按年度计；名单以外自愿述法的不计入",
        part_of=law_duty_obliged,
        aliases=["述法人数", "述法的党政主要负责人", "各级党政主要负责人"],
    )
    law_duty_reporting_rate = Ratio(
        "governance.law_duty_reporting_rate",
        law_duty_reporters,
        law_duty_obliged,
        label="述法覆盖率",
        definition="述法的党政主要负责人人数占应述法的党政主要负责人人数的比例；“全覆盖”即百分之一百",
        aliases=["述法覆盖率", "述法率", "述法全覆盖"],
    )
    written_inspections = Reported(
        "governance.written_inspections",
        label="书面法治督察次数",
        unit="次",
        definition="报告期内由依法治区办组织的书面法治督察，按督察通知印发日计；实地督察和上级督察不计入",
        aliases=["书面法治督察", "书面督察"],
    )
