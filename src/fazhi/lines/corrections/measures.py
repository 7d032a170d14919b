"""The figures of community corrections and resettlement."""

from __future__ import annotations

from fazhi.kernel.records.measures.declaring import Measures, Reported


class CorrectionsMeasures(Measures):
    """Reported by the corrections centre, in sums only: nothing of a person is told here."""

    line = "corrections"

    risk_meetings = Reported(
        "corrections.risk_meetings",
        label="风险研判会次数",
        unit="次",
        definition="报告期内召开的司法行政监管人员安全稳定风险研判会，按会议召开日计；“每月召开”即全年12次，个案会商不计入",
        aliases=["风险研判会", "每月召开风险研判会"],
    )
