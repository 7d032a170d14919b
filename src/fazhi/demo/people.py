"""Invented persons and enterprises whose numbers pass every check and belong to nobody.

A person's name is a family name and a term of the sexagenary cycle (周甲子). Identity numbers begin with 110000: GB/T 2260
gives that code to a whole province-level area, while the number of a real person begins with that of a county. Mobile
numbers begin with 154, which no operator has been given. The registering authority in credit codes is 000000.
"""

from __future__ import annotations

from datetime import date, timedelta

from stdnum.cn import ric, uscc

from fazhi.demo.chance import Chance

AREA_CODE = "110000"
MOBILE = "154"
MARK = "演示"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CYCLE = tuple(_STEMS[turn % 10] + _BRANCHES[turn % 12] for turn in range(60))
FAMILIES = tuple(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹"
)
TRADES = (
    "商贸有限公司", "建筑工程有限公司", "物业服务有限公司", "餐饮管理有限公司", "科技有限公司", "装饰工程有限公司",
    "物流有限公司", "服饰有限公司", "机电设备有限公司", "旅行社有限公司",
)  # fmt: skip
_YOUNGEST, _OLDEST = date(2003, 12, 31), date(1938, 1, 1)


def name_of(chance: Chance) -> str:
    """A person's name."""
    return chance.one(FAMILIES) + chance.one(CYCLE)


def named(turn: int) -> str:
    """The ``turn``-th name of a series in which none comes twice: 97 families and steps of 7 meet all pairs."""
    return FAMILIES[turn % len(FAMILIES)] + CYCLE[turn * 7 % len(CYCLE)]


def identity(chance: Chance) -> str:
    """A person's identity number."""
    born = _OLDEST + timedelta(chance.number(0, (_YOUNGEST - _OLDEST).days))
    body = f"{AREA_CODE}{born:%Y%m%d}{chance.number(1, 999):03}"
    return body + ric.calc_check_digit(body + "0")


def phone(chance: Chance) -> str:
    """A mobile number."""
    return f"{MOBILE}{chance.number(0, 99_999_999):08}"


def enterprise(chance: Chance, trade: str = "") -> str:
    """An enterprise's name."""
    return f"{MARK}{chance.one(CYCLE)}{trade or chance.one(TRADES)}"


def credit_code(chance: Chance) -> str:
    """An enterprise's unified social credit code."""
    body = f"91000000MA{chance.number(0, 9_999_999):07}"
    return body + uscc.calc_check_digit(body)
