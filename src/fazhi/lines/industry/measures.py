"""The figures of managing the legal professions, and of the professions' party work."""

from __future__ import annotations

from fazhi.kernel.records.measures.declaring import Measures, Ratio, Reported


class IndustryMeasures(Measures):
    """Reported by the section that manages the professions until institutions and licences have registers of their own."""

    line = "industry"

    licensing_items_handled = Reported(
        "industry.licensing_items_handled",
        label="办理法律服务行业业务件数",
        unit="件",
        definition="报告期内办结的律师、公证、司法鉴定、基层法律服务机构和人员的许可、备案、变更、年度考核等申请，按办结日计；咨询和退回补正的不计入",
        aliases=["法律服务行业业务", "办理法律服务行业业务", "行业审批业务"],
    )
    overdue_or_wrong_approvals = Reported(
        "industry.overdue_or_wrong_approvals",
        label="超期或错误审批事项数",
        unit="件",
        definition="报告期内办结的法律服务行业业务中，超过法定或者承诺期限的，或者经撤销、更正确认为错误的，按办结日计；“无”即0件",
        part_of=licensing_items_handled,
        aliases=["超期或错误审批", "超期或错误审批事项", "错误审批事项"],
    )
    institutions = Reported(
        "industry.institutions",
        label="辖区法律服务机构数",
        unit="家",
        definition="报告期末日在本区执业的律师事务所、公证机构、司法鉴定机构、基层法律服务所；分所计1家，已注销的不计入",
        at_end=True,
        aliases=["法律服务机构", "辖区法律服务机构"],
    )
    practitioners = Reported(
        "industry.practitioners",
        label="法律服务从业者人数",
        unit="人",
        definition="报告期末日在辖区法律服务机构执业的律师、公证员、司法鉴定人、基层法律服务工作者；实习人员、行政人员和已注销执业证的不计入",
        at_end=True,
        aliases=["法律服务从业者", "法律服务从业人员", "法律服务人员"],
    )
    service_group_evaluations = Reported(
        "industry.service_group_evaluations",
        label="法律服务团年度评价有效份数",
        unit="份",
        definition="报告期内服务对象对法律服务团作出的有效年度评价，按评价回收日计；一个服务对象对一个服务团计1份",
        aliases=["年度评价份数"],
    )
    service_group_satisfied = Reported(
        "industry.service_group_satisfied",
        label="法律服务团年度评价满意份数",
        unit="份",
        definition="法律服务团有效年度评价中评价为“满意”“比较满意”的，按评价回收日计",
        part_of=service_group_evaluations,
        aliases=["满意份数"],
    )
    service_group_satisfaction = Ratio(
        "industry.service_group_satisfaction",
        service_group_satisfied,
        service_group_evaluations,
        label="法律服务团年度评价满意度",
        definition="法律服务团年度评价满意份数占有效份数的比例",
        aliases=["满意度", "年度评价满意度", "法律服务团满意度"],
    )
    institutions_visited = Reported(
        "industry.institutions_visited",
        label="调研走访法律服务行业机构数",
        unit="家",
        definition="报告期内本局调研走访的法律服务机构，按走访日计；同一机构一年内多次走访的计1家，执法检查不计入",
        aliases=["调研走访", "调研走访法律服务行业机构", "走访机构"],
    )
    problems_solved = Reported(
        "industry.problems_solved",
        label="协调解决问题件数",
        unit="件",
        definition="报告期内为法律服务机构协调解决并经其确认的问题，按确认解决日计；仍在协调的不计入",
        aliases=["协调解决问题", "解决问题"],
    )
    candidate_checks = Reported(
        "industry.candidate_checks",
        label="人大代表、政协委员人选考察人次",
        unit="人次",
        definition="报告期内对法律服务行业人大代表、政协委员推荐人选出具的考察意见，按意见出具日计；同一人作不同人选的分次计",
        aliases=["人选考察", "人大代表、政协委员人选考察"],
    )
    complaints_handled = Reported(
        "industry.complaints_handled",
        label="办理信访投诉案件数",
        unit="件",
        definition="报告期内办结的针对法律服务机构和人员的信访、投诉，按答复日计；同一投诉人就同一事项重复提出的计1件，转其他机关的不计入",
        aliases=["信访投诉案件", "办理信访投诉案件", "投诉案件"],
    )
    violations_investigated = Reported(
        "industry.violations_investigated",
        label="立案查处违法执业行为数",
        unit="件",
        definition="报告期内对法律服务机构和人员违法执业立案查处的案件，按立案日计；仅作谈话提醒的不计入",
        aliases=["立案查处违法执业行为", "违法执业行为", "立案查处"],
    )
    warning_talks = Reported(
        "industry.warning_talks",
        label="谈话提醒人次",
        unit="人次",
        definition="报告期内对法律服务机构负责人和执业人员开展的谈话提醒，按谈话日计；同一人多次谈话的分次计",
        aliases=["谈话提醒"],
    )
    volunteer_teams = Reported(
        "industry.volunteer_teams",
        label="法律服务行业志愿者队伍数",
        unit="支",
        definition="报告期内组建的法律服务行业志愿者队伍，按组建日计；以前年度组建、继续活动的不计入",
        aliases=["志愿者队伍", "法律服务行业志愿者队伍"],
    )
    volunteers_in_communities = Reported(
        "industry.volunteers_in_communities",
        label="参与社区志愿服务人数",
        unit="人",
        definition="报告期内法律服务行业志愿者队伍成员中参与社区志愿服务的，按首次服务日计；同一人多次服务的计1人",
        aliases=["社区志愿服务", "参与社区志愿服务"],
    )
    streets_served = Reported(
        "industry.streets_served",
        label="志愿服务覆盖街道数",
        unit="个",
        definition="报告期内有法律服务行业志愿者参与社区志愿服务的街道（镇）；同一街道多次服务的计1个",
        aliases=["覆盖街道", "街道的社区志愿服务"],
    )
    legal_service_teams = Reported(
        "party_building.legal_service_teams",
        label="专项法律服务团队数",
        unit="个",
        definition="报告期内由法律服务行业党委组建的专项法律服务团队，按组建日计；以前年度组建、继续服务的不计入",
        aliases=["专项法律服务团队", "法律服务团队"],
    )
    branch_secretaries = Reported(
        "party_building.branch_secretaries",
        label="行业党组织书记人数",
        unit="人",
        definition="报告期末日法律服务行业党委所属党组织在任的书记；空缺的不计入",
        at_end=True,
        aliases=["党组织书记人数"],
    )
    secretaries_from_management = Reported(
        "party_building.secretaries_from_management",
        label="由律所负责人或管理层成员担任的党组织书记人数",
        unit="人",
        definition="报告期末日在任的行业党组织书记中，由所在机构负责人或者管理层成员担任的",
        at_end=True,
        part_of=branch_secretaries,
        aliases=["由管理层担任的党组织书记"],
    )
    secretary_from_management_rate = Ratio(
        "party_building.secretary_from_management_rate",
        secretaries_from_management,
        branch_secretaries,
        label="党组织书记由律所负责人或管理层担任的比例",
        definition="由律所负责人或管理层成员担任的党组织书记人数占行业党组织书记人数的比例，均以期末日计",
        aliases=["党组织书记由律所负责人或管理层成员担任", "双向进入、交叉任职比例"],
    )
