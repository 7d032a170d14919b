"""Roles, in the words of the people who hold them.

The three administrators (三员分立) keep the system and see no business; a business role sees the work of the unit at
which it is held, or only its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Breadth(StrEnum):
    """How far a role sees at its unit."""

    UNIT = "unit"
    OWN = "own"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Role:
    """This role: stable key, Chinese label, breadth, and what it is for."""

    key: str
    label: str
    breadth: Breadth
    purpose: str


CLERK = Role("clerk", "经办人", Breadth.UNIT, "登记、汇总、撰写；法治科经办人汇集材料、写作和校核年度报告")
HANDLER = Role("handler", "承办人", Breadth.UNIT, "承办案件")
SECTION_HEAD = Role("section_head", "科室负责人", Breadth.UNIT, "分派、审核")
LEADER = Role("leader", "局领导", Breadth.UNIT, "审批，掌握全局")
LIAISON = Role("liaison", "联络员", Breadth.UNIT, "部门、街道、调解组织报送和登记本单位事项")
MEDIATOR = Role("mediator", "调解员", Breadth.OWN, "登记和办理本人的调解案件")
PRACTITIONER = Role("practitioner", "法律服务人员", Breadth.OWN, "律师、公证员、法律援助人员登记本人的工作")
STATISTICIAN = Role("statistician", "统计员", Breadth.UNIT, "查看各项业务的记录、核对数据，不登记也不办理")
AUDIT_ADMIN = Role("audit_admin", "审计管理员", Breadth.NOTHING, "查看审计记录、核验审计链")
SECURITY_ADMIN = Role("security_admin", "安全管理员", Breadth.NOTHING, "授予和收回角色、管理账号")
SYSTEM_ADMIN = Role("system_admin", "系统管理员", Breadth.NOTHING, "单位、日历、参数、备份")

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        CLERK,
        HANDLER,
        SECTION_HEAD,
        LEADER,
        LIAISON,
        MEDIATOR,
        PRACTITIONER,
        STATISTICIAN,
        AUDIT_ADMIN,
        SECURITY_ADMIN,
        SYSTEM_ADMIN,
    )
}
BUSINESS = tuple(role for role in ROLES.values() if role.breadth is not Breadth.NOTHING)
WORKING = tuple(role for role in BUSINESS if role is not STATISTICIAN)
ADMINISTRATORS = (AUDIT_ADMIN, SECURITY_ADMIN, SYSTEM_ADMIN)
