"""Checking a text against itself: what is proven wrong, what is explained, what is left undecided."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi import figures
from fazhi.figures import Check, Finding, Verdict

AGREES, WRONG, EXPLAINED, OPEN = Verdict.AGREES, Verdict.CONTRADICTS, Verdict.EXPLAINED, Verdict.UNBOUND
CASES = [
    # splits
    ("审结198件，其中维持101件、撤销14件、终止83件。", Check.SPLIT, AGREES, "198件"),
    ("审结198件，其中维持101件、撤销24件、终止83件。", Check.SPLIT, WRONG, "208"),
    ("办理公证2,046件（国内1,905件，涉外140件）。", Check.SPLIT, WRONG, "2045"),
    ("办理公证2,046件（国内1,905件，涉外141件）。", Check.SPLIT, AGREES, "2,046件"),
    ("走访群众120户，其中党员户130户。", Check.SPLIT, WRONG, "部分大于总数"),
    ("收到诉求9,813件，其中噪声4,120件、油烟1,633件、停车2,508件、其他1,550件。", Check.SPLIT, WRONG, "9811"),
    ("受援829人，其中农民工462人、妇女303人、老年人210人。", Check.SPLIT, OPEN, "交叉"),
    ("培训800人，其中乡镇干部320人、村干部280人。", Check.SPLIT, OPEN, "其他"),
    ("服务21.7万人次，其中现场9.2万人次、热线7.4万人次、网络5.1万人次。", Check.SPLIT, AGREES, "21.7万"),
    ("服务25万余人次，其中现场9.2万人次、热线7.4万人次、其他5.1万人次。", Check.SPLIT, WRONG, "小于"),
    ("开展检查120次、督查30次，合计150次。", Check.SPLIT, AGREES, "150次"),
    ("开展检查120次、督查30次，合计160次。", Check.SPLIT, WRONG, "150"),
    # shares
    ("维持占52%，撤销占8%，驳回占12%，其他占28%。", Check.SHARES, AGREES, "100%"),
    ("维持占52%，撤销占8%，驳回占12%，其他占38%。", Check.SHARES, WRONG, "110%"),
    ("维持占43.7%，驳回占9.2%，撤销占10.9%，终止占36.1%。", Check.SHARES, EXPLAINED, "四舍五入"),
    # rates
    ("发现问题63个，已整改61个，整改率96.8%。", Check.RATE, AGREES, "发现问题63个"),
    ("发现问题63个，已整改61个，整改率98.6%。", Check.RATE, WRONG, "96.83%"),
    ("被申请复议58件，纠错2件，纠错率3.4%。", Check.RATE, AGREES, "3.45%"),
    ("收到申请93件，受理79件，办结82件，其中调解终止8件，调解率达到9.8%。", Check.RATE, EXPLAINED, "办结82件"),
    ("审结119件，其中维持52件，占43.7%。", Check.RATE, AGREES, "119件"),
    ("审结119件，其中维持52件，占47.3%。", Check.RATE, WRONG, "43.7"),
    ("人民调解案件3314件，调解成功3251件，成功率超98%。", Check.RATE, AGREES, "3314件"),
    ("抽查案卷180卷，优秀102卷，优秀率56.6%。", Check.RATE, AGREES, "舍去尾数"),
    ("行政诉讼败诉率6.4%，一审案件638件。", None, None, ""),
    # changes
    ("满意率由76%提升至92%，提高16个百分点。", Check.CHANGE, AGREES, "16个百分点"),
    ("满意率由76%提升至92%，提高18个百分点。", Check.CHANGE, WRONG, "16"),
    ("立案由200件增至250件，增长25%。", Check.CHANGE, AGREES, "25%"),
    ("立案由200件增至250件，增长20%。", Check.CHANGE, WRONG, "25"),
    ("审结967件，较上年增加351件，增长57%。", Check.CHANGE, AGREES, "616"),
    ("败诉率由6.5%降至5.1%，下降1.4%。", Check.CHANGE, EXPLAINED, "百分点"),
    # stocks and stages
    ("年初在册203人，新接收186人，解除174人，期末在册215人。", Check.BALANCE, AGREES, "平衡"),
    ("年初在册203人，新接收186人，解除174人，期末在册225人。", Check.BALANCE, WRONG, "215"),
    ("收到申请156件，上年结转4件，办结157件，结转下年3件。", Check.BALANCE, AGREES, "平衡"),
    ("受理79件，办结82件。", Check.STAGES, OPEN, "结转"),
    ("上年结转5件，受理79件，办结82件。", Check.STAGES, EXPLAINED, "结转"),
    ("参加考试120人，合格125人。", Check.STAGES, WRONG, "后一环节"),
    # tables
    ("部门\t案件（件）\n甲局\t12\n乙局\t30\n合计\t42", Check.TABLE, AGREES, "一致"),
    ("部门\t案件（件）\n甲局\t12\n乙局\t30\n合计\t45", Check.TABLE, WRONG, "42"),
    ("2023年情况报告\n全年作出行政处罚案件120件。\n指标\t2022年\t2023年\n行政处罚案件（件）\t110\t125", Check.TABLE, WRONG, "不一致"),
    ("2023年情况报告\n全年作出行政处罚案件125件。\n指标\t2022年\t2023年\n行政处罚案件（件）\t110\t125", Check.TABLE, AGREES, "125"),
    # repetitions
    ("一、总体情况\n全年审核行政规范性文件19件。\n二、主要工作\n审核行政规范性文件21件，做到应审尽审。", Check.REPEAT, WRONG, "不一致"),
    ("一、总体情况\n全年审核行政规范性文件19件。\n二、主要工作\n审核行政规范性文件19件，做到应审尽审。", Check.REPEAT, AGREES, "一致"),
    # dates
    ("2023年2月30日召开会议。", Check.DATE, WRONG, "30日"),
    ("2024年2月29日召开会议，13月另行通知。", Check.DATE, WRONG, "13月"),
]  # fmt: skip
INNOCENT = [
    "受理案件120件，其中民事80件，办结100件。",
    "实有经营主体28.64万户，当年新设3.02万户；其中个体工商户20.1万户。",
    "走访企业12个、社区8个，共计收集问题35个。",
    "报名382名，其中参考365名、通过341名。",
    "按期办结率98%，办结案件120件，满意率97%。",
    "党员占60%，女性占45%，35岁以下占30%。",
    "上半年办理案件120件，下半年办理案件150件。",
    "全市办理案件120件，同比增长12%，其中市本级办理案件20件。",
    "由60%提升至80%，较上年多3个百分点。",
    "2024年2月29日，全市召开推进会。",
    "农民工案件占三分之一，受理法律援助案件5,120件，其中行政41件。",
    "调解成功率98%以上，调解案件310件，成功290件。",
]


def findings(text: str, check: Check | None = None) -> list[Finding]:
    return [f for f in figures.check(text) if check is None or f.check is check]


@pytest.mark.parametrize(("text", "check", "verdict", "words"), CASES)
def test_relation_is_judged(text: str, check: Check | None, verdict: Verdict | None, words: str) -> None:
    found = findings(text, check)
    if check is None:
        assert not [f for f in found if f.verdict is WRONG]
        return
    assert any(f.verdict is verdict and words in f.reason for f in found), [(f.verdict, f.reason) for f in found]
    if verdict is not WRONG:
        assert not [f.reason for f in findings(text) if f.verdict is WRONG]


@pytest.mark.parametrize("text", INNOCENT)
def test_no_wolf_is_cried(text: str) -> None:
    assert not [f.reason for f in findings(text) if f.verdict is WRONG]


CORPUS = sorted((Path(__file__).parent / "corpus").glob("*_dev.txt"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_sound_reports_hold(path: Path) -> None:
    """The development reports add up; what is found in them must not be called wrong."""
    text = path.read_bytes().decode()
    found = findings(text)
    assert found
    assert not [f.reason for f in found if f.verdict is WRONG]


def test_a_finding_names_its_statements_and_what_would_agree() -> None:
    text = "发现问题63个，已整改61个，整改率98.6%。"
    found = next(f for f in findings(text, Check.RATE))
    assert [s.surface for s in found.statements] == ["98.6%", "61个", "63个"]
    assert found.expected is not None
    assert found.as_json() == {
        "check": "rate",
        "verdict": "contradicts",
        "reason": found.reason,
        "expected": 96.8,
        "statements": [{"surface": s.surface, "start": s.start} for s in found.statements],
    }
    assert all(text[s.start : s.end] == s.surface for s in found.statements)
