"""What may be chosen in this line."""

from pathlib import Path

from django.db import models

from fazhi.kernel.ground.core.codes import CodeList

_FILE = Path(__file__).with_name("codes.yaml")
FIELDS = CodeList.read(_FILE, "fields")
MATTERS = CodeList.read(_FILE, "matters")
RESPONDENT_LEVELS = CodeList.read(_FILE, "respondent_levels")
REFUSAL_GROUNDS = CodeList.read(_FILE, "refusal_grounds")
SIMPLIFIED_GROUNDS = CodeList.read(_FILE, "simplified_grounds")
STAY_GROUNDS = CodeList.read(_FILE, "stay_grounds")
SUSPENSION_GROUNDS = CodeList.read(_FILE, "suspension_grounds")
TERMINATION_GROUNDS = CodeList.read(_FILE, "termination_grounds")

FIELD_GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "public_security": ("公安", frozenset({"public_security"})),
    "state_security": ("国家安全", frozenset({"state_security"})),
    "labour": ("人力资源社会保障", frozenset({"labour"})),
    "justice": ("司法行政", frozenset({"justice"})),
    "civil_affairs": ("民政", frozenset({"civil_affairs"})),
    "resources": (
        "农林环资",
        frozenset({"land", "minerals", "environment", "agriculture", "water", "forestry", "energy"}),
    ),
    "construction": ("城建", frozenset({"planning", "expropriation", "realty"})),
    "industry_commerce": (
        "工交商事",
        frozenset({
            "market", "work_safety", "commerce", "prices", "transport", "information_industry", "post", "tobacco", "customs",
            "quality", "food", "patents", "trademarks", "tourism", "development",
        }),
    ),
    "finance": (
        "财政金融",
        frozenset({
            "taxation", "central_bank", "securities", "insurance", "banking", "foreign_exchange", "finance", "statistics",
            "audit",
        }),
    ),
    "education_health": ("教科文卫", frozenset({"health", "education", "culture", "copyright", "press", "science"})),
    "other": ("其他领域", frozenset({"other"})),
}  # fmt: skip
"""Fields of administration in the eleven groups of an older city system; which field goes where is our own reading."""

LAPSING = frozenset({"death", "incapacity", "dissolved"})
"""Grounds of suspension that turn into termination when they last (行政复议法第四十一条第五项)."""


class LawVersion(models.TextChoices):
    """Which text of the Administrative Reconsideration Law governs a case."""

    OLD = "2017", "2017年修正"
    NEW = "2023", "2023年修订"


class Channel(models.TextChoices):
    """How an application came in (行政复议法第二十二条、第三十二条)."""

    IN_PERSON = "in_person", "当面提交"
    POST = "post", "邮寄"
    ONLINE = "online", "网上提交"
    ORAL = "oral", "口头申请"
    PENALTY_AUTHORITY = "penalty_authority", "通过作出处罚的机关提交"
    FORWARDED = "forwarded", "其他机关转送"


class Track(models.TextChoices):
    """By which procedure a case is examined."""

    ORDINARY = "ordinary", "普通程序"
    SIMPLIFIED = "simplified", "简易程序"


class Outcome(models.TextChoices):
    """How a case ended; the first four before it was accepted."""

    REFUSED = "refused", "不予受理"
    INFORMED = "informed", "告知向有权机关提出"
    ABANDONED = "abandoned", "视为放弃申请"
    TAKEN_BACK = "taken_back", "受理前撤回"
    DISMISSED = "dismissed", "驳回行政复议申请"
    REQUEST_DISMISSED = "request_dismissed", "驳回行政复议请求"
    UPHELD = "upheld", "维持"
    VARIED = "varied", "变更"
    ANNULLED = "annulled", "撤销"
    PARTLY_ANNULLED = "partly_annulled", "部分撤销"
    ANNULLED_REDO = "annulled_redo", "撤销并责令重新作出"
    UNLAWFUL = "unlawful", "确认违法"
    VOID = "void", "确认无效"
    PERFORMANCE_ORDERED = "performance_ordered", "责令履行"
    AGREEMENT = "agreement", "决定承担行政协议责任或者给予补偿"
    COMPENSATION = "compensation", "决定赔偿"
    COMPENSATION_DISMISSED = "compensation_dismissed", "驳回行政赔偿请求"
    MEDIATED = "mediated", "调解"
    TERMINATED = "terminated", "终止"


BEFORE_ACCEPTANCE = (Outcome.REFUSED, Outcome.INFORMED, Outcome.ABANDONED, Outcome.TAKEN_BACK)
DECISIONS = (
    Outcome.REQUEST_DISMISSED,
    Outcome.UPHELD,
    Outcome.VARIED,
    Outcome.ANNULLED,
    Outcome.PARTLY_ANNULLED,
    Outcome.ANNULLED_REDO,
    Outcome.UNLAWFUL,
    Outcome.VOID,
    Outcome.PERFORMANCE_ORDERED,
    Outcome.AGREEMENT,
    Outcome.COMPENSATION,
    Outcome.COMPENSATION_DISMISSED,
)
CORRECTIONS = (
    Outcome.VARIED,
    Outcome.ANNULLED,
    Outcome.PARTLY_ANNULLED,
    Outcome.ANNULLED_REDO,
    Outcome.UNLAWFUL,
    Outcome.VOID,
    Outcome.PERFORMANCE_ORDERED,
)
"""Decisions that put a wrong act right (纠错)."""

WHOLE_NEW = (Outcome.VOID, Outcome.REQUEST_DISMISSED, Outcome.AGREEMENT)
"""Kinds of decision that only the 2023 text knows in this form."""


class Performance(models.TextChoices):
    """Whether what was decided or agreed has been done."""

    NOTHING_DUE = "nothing_due", "无履行内容"
    PERFORMED = "performed", "已履行"
    PARTLY = "partly", "部分履行"
    REFUSED = "refused", "拒不履行"
    ENFORCED = "enforced", "已强制执行"


SETTLED_PERFORMANCE = (Performance.NOTHING_DUE, Performance.PERFORMED, Performance.ENFORCED)
"""With these a case may be closed."""


class Way(models.TextChoices):
    """How a party's opinion was heard (行政复议法第四十九条)."""

    IN_PERSON = "in_person", "当面"
    INTERNET = "internet", "互联网"
    TELEPHONE = "telephone", "电话"
    NOT_POSSIBLE = "not_possible", "因当事人原因不能听取，书面审理"


class Body(models.TextChoices):
    """Who was asked for an opinion."""

    COMMITTEE = "committee", "行政复议委员会"
    ADVISERS = "advisers", "行政复议咨询委员会"
    EXPERTS = "experts", "专家论证"
    SESSION = "session", "集体会审"


class EnforcementKind(models.TextChoices):
    """What was done to have a decision, mediation document or opinion letter performed (行政复议法第七十七条、第七十八条)."""

    ORDERED = "ordered", "责令限期履行"
    TALKED = "talked", "约谈"
    CRITICISED = "criticised", "通报批评"
    ENFORCED = "enforced", "依法强制执行"
    COURT = "court", "申请人民法院强制执行"


class Letter(models.TextChoices):
    """Which kind of letter: about this case, or about what is general (行政复议法第七十六条; 实施条例第五十七条)."""

    OPINION = "opinion", "行政复议意见书"
    SUGGESTION = "suggestion", "行政复议建议书"
