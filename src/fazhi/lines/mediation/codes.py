"""What may be chosen in this line."""

from pathlib import Path

from django.db import models

from fazhi.kernel.ground.core.codes import CodeList

_FILE = Path(__file__).with_name("codes.yaml")
DISPUTE_KINDS = CodeList.read(_FILE, "dispute_kinds")
COMMERCIAL_FIELDS = CodeList.read(_FILE, "commercial_fields")


class OrganisationKind(models.TextChoices):
    """Where a mediation organisation is set up (人民调解法第八条、第三十四条; 商事调解条例)."""

    VILLAGE = "village", "村（居）民委员会"
    STREET = "street", "乡镇（街道）"
    ENTERPRISE = "enterprise", "企业事业单位"
    INDUSTRY = "industry", "行业性、专业性"
    COMMERCIAL = "commercial", "商事调解组织"


class Source(models.TextChoices):
    """How a dispute came to mediation (人民调解法第十七条)."""

    APPLIED = "applied", "依申请"
    OWN_INITIATIVE = "own_initiative", "主动调解"
    ENTRUSTED = "entrusted", "委托移送"


class Sender(models.TextChoices):
    """Who sent a dispute."""

    COURT = "court", "人民法院"
    PROCURATORATE = "procuratorate", "人民检察院"
    POLICE = "police", "公安机关"
    PETITION = "petition", "信访部门"
    DEPARTMENT = "department", "其他部门"
    ORGANISATION = "organisation", "其他调解组织"


class CourtStage(models.TextChoices):
    """At which stage a court sent it; the period of mediation follows from it."""

    PRE_DOCKET = "pre_docket", "立案前委派"
    ORDINARY = "ordinary", "立案后委托（普通程序）"
    SIMPLE = "simple", "立案后委托（简易程序）"


class Weight(models.TextChoices):
    """How grave a dispute is."""

    SIMPLE = "simple", "简单"
    GENERAL = "general", "一般"
    MAJOR = "major", "重大"


class AgreementForm(models.TextChoices):
    """The form of the agreement (人民调解法第二十八条)."""

    WRITTEN = "written", "书面协议"
    ORAL = "oral", "口头协议"


class Outcome(models.TextChoices):
    """How mediation ended."""

    SUCCEEDED = "succeeded", "调解成功"
    FAILED = "failed", "调解不成"
    WITHDRAWN = "withdrawn", "当事人撤回"
    DECLINED = "declined", "不予受理"


class Performance(models.TextChoices):
    """Whether the agreement was kept."""

    PERFORMED = "performed", "已履行"
    PARTLY = "partly", "部分履行"
    REFUSED = "refused", "反悔或拒不履行"


class Grade(models.TextChoices):
    """Grade of a mediator (等级评定)."""

    FIRST = "first", "一级"
    SECOND = "second", "二级"
    THIRD = "third", "三级"
    FOURTH = "fourth", "四级"


class Appraised(models.TextChoices):
    """Result of a mediator's appraisal."""

    EXCELLENT = "excellent", "优秀"
    QUALIFIED = "qualified", "合格"
    UNQUALIFIED = "unqualified", "不合格"
