"""The figures of making the law known."""

from __future__ import annotations

from fazhi.kernel.ground.orgs.models import UnitKind
from fazhi.kernel.records.measures.declaring import Measures, Ratio, Reported


class PublicityMeasures(Measures):
    """Reported by the publicity section and the streets until exams, contests and persons have registers of their own."""

    line = "publicity"

    online_exam_participants = Reported(
        "publicity.online_exam_participants",
        label="网上法治理论考试参加人数",
        unit="人",
        definition="报告期内参加网上法治理论考试并提交答卷的人员，按考试日计；同一次考试中补考的不重复计，抽考的另计",
        aliases=["网上法治理论考试", "参加网上法治理论考试", "法治理论考试"],
    )
    leader_spot_exam_participants = Reported(
        "publicity.leader_spot_exam_participants",
        label="处级以上领导干部法治理论抽考人数",
        unit="人",
        definition="报告期内参加法治理论抽考的处级以上领导干部，按抽考日计；同一人多次被抽到的分次计",
        aliases=["法治理论抽考", "领导干部法治理论抽考", "处级以上领导干部"],
    )
    exam_obliged = Reported(
        "publicity.exam_obliged",
        label="法治理论考试应考人数",
        unit="人",
        definition="报告期内应参加网上法治理论考试和法治理论抽考的人员，以组织考试时的应考名单为准，按考试日计；两项考试各计1人",
        aliases=["应考人数", "应参考人数"],
    )
    exam_sat = Reported(
        "publicity.exam_sat",
        label="法治理论考试参考人数",
        unit="人",
        definition="应考人员中实际参加网上法治理论考试和法治理论抽考的，按考试日计；两项考试各计1人，名单以外参加的不计入",
        part_of=exam_obliged,
        aliases=["实考人数", "参考人数"],
    )
    exam_passed = Reported(
        "publicity.exam_passed",
        label="法治理论考试合格人数",
        unit="人",
        definition="参考人员中成绩合格的，按考试日计；含补考后合格的，两项考试各计1人",
        part_of=exam_sat,
        aliases=["合格人数", "考试合格人数"],
    )
    exam_participation_rate = Ratio(
        "publicity.exam_participation_rate",
        exam_sat,
        exam_obliged,
        label="法治理论考试参考率",
        definition="法治理论考试参考人数占应考人数的比例，网上考试与抽考合并计算",
        aliases=["参考率", "考试参考率"],
    )
    exam_pass_rate = Ratio(
        "publicity.exam_pass_rate",
        exam_passed,
        exam_sat,
        label="法治理论考试合格率",
        definition="法治理论考试合格人数占参考人数的比例，网上考试与抽考合并计算；不以应考人数为分母",
        aliases=["合格率", "考试合格率"],
    )
    video_contest_winners = Reported(
        "publicity.video_contest_winners",
        label="法治短视频大赛获奖作品数",
        unit="部",
        definition="报告期内本区组织的法治短视频征集大赛评出的获奖作品，按结果公布日计；未获奖的参赛作品不计入",
        aliases=["获奖作品", "短视频获奖作品"],
    )
    video_entries_forwarded = Reported(
        "publicity.video_entries_forwarded",
        label="推送参赛作品数",
        unit="个",
        definition="报告期内由本区推送参加上级法治微视频、微电影大赛的作品，按推送日计；作者自行投稿的不计入",
        aliases=["推送作品", "推送参赛作品"],
    )
    demo_communities_national = Reported(
        "publicity.demo_communities_national",
        label="全国民主法治示范社区申报创建数",
        unit="个",
        definition="报告期内申报创建全国民主法治示范村（社区）的，按申报日计；以前年度已命名的和复核的不计入",
        aliases=["全国民主法治示范社区", "全国民主法治示范村（社区）"],
    )
    demo_communities_municipal = Reported(
        "publicity.demo_communities_municipal",
        label="市级民主法治示范社区申报创建数",
        unit="个",
        definition="报告期内申报创建市级民主法治示范村（社区）的，按申报日计；以前年度已命名的和复核的不计入",
        aliases=["市级民主法治示范社区", "市级民主法治示范村（社区）"],
    )
    law_savvy_persons = Reported(
        "publicity.law_savvy_persons",
        label="“法律明白人”培育人数",
        unit="人",
        definition="报告期内经培训、考核并颁证的“法律明白人”，按颁证日计；以前年度培育、仍在册的不计入",
        owed_by=[UnitKind.STREET],
        aliases=["法律明白人", "“法律明白人”"],
    )
    community_law_home_pilots = Reported(
        "publicity.community_law_home_pilots",
        label="“社区法律之家”试点数",
        unit="个",
        definition="报告期末日在建和建成的“社区法律之家”试点；已退出试点的不计入",
        at_end=True,
        aliases=["社区法律之家", "“社区法律之家”试点"],
    )
