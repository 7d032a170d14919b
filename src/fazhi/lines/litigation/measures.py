"""The figures of responding to administrative suits."""

from __future__ import annotations

from fazhi.kernel.records.measures.declaring import Measures, Ratio, Reported


class LitigationMeasures(Measures):
    """Reported by the litigation section until suits and hearings have registers of their own."""

    line = "litigation"

    hearings_due = Reported(
        "litigation.hearings_due",
        label="负责人应出庭的开庭次数",
        unit="次",
        definition="报告期内管理委员会作为被告、依法应由行政机关负责人出庭应诉的开庭，按开庭日计；书面审理的和法院同意不出庭的不计入",
        aliases=["应出庭次数", "开庭次数"],
    )
    head_appearances = Reported(
        "litigation.head_appearances",
        label="负责人出庭应诉次数",
        unit="次",
        definition="应由负责人出庭的开庭中，行政机关正职、副职负责人或者其他参与分管的负责人实际出庭的，按开庭日计；仅有工作人员或者律师出庭的不计入",
        part_of=hearings_due,
        aliases=["负责人出庭次数", "负责人出庭应诉"],
    )
    head_appearance_rate = Ratio(
        "litigation.head_appearance_rate",
        head_appearances,
        hearings_due,
        label="管委会负责人出庭应诉率",
        definition="负责人出庭应诉次数占同期负责人应出庭的开庭次数的比例",
        aliases=["负责人出庭应诉率", "出庭应诉率", "行政机关负责人出庭应诉率"],
    )
    joint_meetings = Reported(
        "litigation.joint_meetings",
        label="行政复议行政诉讼联席会议次数",
        unit="次",
        definition="报告期内召开的行政复议与行政诉讼联席会议，按会议召开日计；个案协调和工作联络不计入",
        aliases=["联席会议", "召开联席会议", "府院联席会议"],
    )
