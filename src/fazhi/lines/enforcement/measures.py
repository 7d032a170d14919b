"""The figures of the supervision of enforcement."""

from __future__ import annotations

from fazhi.kernel.ground.orgs.models import UnitKind
from fazhi.kernel.records.measures.declaring import Measures, Reported

_ENFORCING = (UnitKind.DEPARTMENT, UnitKind.STREET)


class EnforcementMeasures(Measures):
    """Reported by the supervising section, penalties by the enforcing units, until they have registers of their own."""

    line = "enforcement"

    supervision_meetings = Reported(
        "enforcement.supervision_meetings",
        label="参加行政执法监督会议次数",
        unit="次",
        definition="报告期内执法监督机构派员参加的行政执法监督会议，按会议召开日计；多人参加同一会议的计1次",
        aliases=["行政执法监督会议", "执法监督会议", "参加行政执法监督会议"],
    )
    legal_consultations = Reported(
        "enforcement.legal_consultations",
        label="法律会诊次数",
        unit="次",
        definition="报告期内就执法疑难问题组织的法律会诊，按会诊日计；同一问题分次会诊的分次计，电话解答不计入",
        aliases=["法律会诊", "开展法律会诊"],
    )
    public_deliberations = Reported(
        "enforcement.public_deliberations",
        label="群众公议活动次数",
        unit="次",
        definition="报告期内组织的行政处罚案件群众公议活动，按活动举行日计；计活动次数，不计公议的案件数",
        aliases=["群众公议活动", "群众公议"],
    )
    officer_cards_replaced = Reported(
        "enforcement.officer_cards_replaced",
        label="更换证件的执法人员人数",
        unit="人",
        definition="报告期内换发行政执法证件的执法人员，按新证签发日计；同一人换发多次的计1人，首次申领的不计入",
        owed_by=_ENFORCING,
        aliases=["执法人员证件更换", "更换执法证", "换发执法证"],
    )
    penalty_decisions_published = Reported(
        "enforcement.penalty_decisions_published",
        label="公开行政处罚决定数",
        unit="件",
        definition="报告期内各执法单位向社会公开的行政处罚决定，按首次公开日计；已作出尚未公开的不计入，公开后依法撤下的不扣减",
        owed_by=_ENFORCING,
        aliases=["公开行政处罚决定", "行政处罚决定", "公示行政处罚决定"],
    )
