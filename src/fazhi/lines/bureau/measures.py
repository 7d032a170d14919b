"""The figures of the bureau's own staff and party work. They tell duties done, never what a person thinks."""

from __future__ import annotations

from fazhi.kernel.records.measures.declaring import Measures, Reported


class BureauMeasures(Measures):
    """Reported by the office until meetings, surveys and staff changes have registers of their own."""

    line = "bureau"

    study_sessions = Reported(
        "party_building.study_sessions",
        label="中心组学习研讨次数",
        unit="次",
        definition="报告期内局党组理论学习中心组开展的集体学习研讨，按学习日计；支部学习、个人自学不计入",
        aliases=["中心组学习研讨", "中心组学习", "理论学习中心组学习"],
    )
    party_group_meetings = Reported(
        "party_building.party_group_meetings",
        label="党组会次数",
        unit="次",
        definition="报告期内召开的局党组会议，按会议召开日计；局长办公会、支部会不计入",
        aliases=["党组会", "召开党组会", "党组会议"],
    )
    activists_trained = Reported(
        "party_building.activists_trained",
        label="培养入党积极分子人数",
        unit="人",
        definition="报告期内经支部研究确定为入党积极分子的本局人员，按确定日计；行业党组织培养的不计入",
        aliases=["入党积极分子", "培养入党积极分子"],
    )
    grassroots_surveys = Reported(
        "bureau.grassroots_surveys",
        label="基层调研次数",
        unit="次",
        definition="报告期内局领导和科室开展的基层调研，按调研日计；一次调研走访多个单位的计1次，法律服务机构走访另计",
        aliases=["基层调研", "开展基层调研"],
    )
    convenience_measures = Reported(
        "bureau.convenience_measures",
        label="便民利民工作举措数",
        unit="项",
        definition="报告期内推出的便民利民工作举措，按公布实施日计；以前年度推出、继续实施的不计入",
        aliases=["便民利民工作举措", "便民利民举措"],
    )
    probation_confirmations = Reported(
        "bureau.probation_confirmations",
        label="按期转正科级干部人数",
        unit="人",
        definition="报告期内试用期满按期转正的本局科级干部，按任职文件日期计",
        aliases=["按期转正", "转正科级干部", "科级干部"],
    )
    rank_promotions = Reported(
        "bureau.rank_promotions",
        label="职级晋升人数",
        unit="人",
        definition="报告期内晋升职级的本局人员，按任职文件日期计；职务任免、转正不计入",
        aliases=["职级晋升", "晋升职级"],
    )
    seconded_staff = Reported(
        "bureau.seconded_staff",
        label="抽调工作人员人数",
        unit="人",
        definition="报告期内被抽调参加区级集中工作（如疫情防控）的本局人员，按抽调起始日计；同一人多次抽调的计1人，短于一天的不计入",
        aliases=["抽调", "抽调人员", "抽调参与疫情防控"],
    )
    home_office_staff = Reported(
        "bureau.home_office_staff",
        label="组织居家办公人员人数",
        unit="人",
        definition="报告期内经局统一安排居家办公、向居住地社区报到的本局人员，按安排起始日计；同一人多次安排的计1人，请假的不计入",
        aliases=["居家办公人员", "组织居家办公人员"],
    )
    awards = Reported(
        "bureau.awards",
        label="区级以上表彰奖励项次",
        unit="项次",
        definition="报告期内本局单位和个人获得的区级以上（含区级）表彰奖励，按表彰文件日期计；同一奖项授予多个对象的分别计，局内表彰不计入",
        aliases=["表彰奖励", "区级以上表彰奖励", "获得表彰"],
    )
