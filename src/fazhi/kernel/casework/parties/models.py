"""Parties of a case: who takes part, in which capacity, and how they can be reached."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from stdnum.cn import uscc

from fazhi.kernel.casework.matters.models import Case, Matter
from fazhi.kernel.ground.core.errors import Fault
from fazhi.kernel.ground.core.models import Held
from fazhi.kernel.ground.secrets.fields import SecretField, SecretHash
from fazhi.kernel.ground.secrets.masks import Mask

_PHONE = re.compile(r"^(?:\+?86[- ]?)?(?:1[3-9]\d{9}|(?:0\d{2,3}[- ]?)?\d{7,8}(?:[-转]\d{1,6})?)$")
_IDENTITY = re.compile(r"^\d{17}[\dX]$")


class PartyKind(models.TextChoices):
    """What a party is."""

    PERSON = "person", "自然人"
    ORGANISATION = "organisation", "法人或其他组织"


class Party(Held):
    """This party of a matter in one role. Identity number, telephone and address are encrypted.

    ``role`` is a key of the workflow's :class:`~fazhi.kernel.casework.matters.workflow.PartyRole`.
    """

    deletable = True  # a corrected list of parties replaces the former one; the audit keeps both

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name="事项", related_name="parties", db_constraint=False)
    role = models.CharField("身份", max_length=30)
    kind = models.CharField("类型", max_length=20, choices=PartyKind.choices, default=PartyKind.PERSON)
    name = models.CharField("姓名（名称）", max_length=80)
    identity = SecretField("证件号码", mask=Mask.IDENTITY)
    identity_hash = SecretHash("identity")
    phone = SecretField("联系电话", mask=Mask.PHONE)
    phone_hash = SecretHash("phone")
    address = SecretField("住址", mask=Mask.ADDRESS)

    class Meta:
        verbose_name = "当事人"
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(fields=["matter"], name="parties_of_matter"),
            models.Index(fields=["identity_hash"], name="parties_by_identity", condition=~models.Q(identity_hash=None)),
        ]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """These facts of a party to be, as typed."""

    role: str
    name: str
    kind: str = PartyKind.PERSON
    identity: str = ""
    phone: str = ""
    address: str = ""

    def faults(self) -> Iterator[Fault]:
        """What is wrong with them; the field of a fault is ``party.<role>.<what>``."""
        place = f"party.{self.role}"
        if not self.name.strip():
            yield Fault("请填写当事人的姓名或名称", f"{place}.name")
        elif len(self.name) > 80:
            yield Fault(f"姓名（名称）最多80个字，现有{len(self.name)}个字", f"{place}.name")
        if self.identity and (reason := identity_fault(self.kind, self.identity)):
            yield Fault(reason, f"{place}.identity")
        if self.phone and not _PHONE.match(self.phone.strip()):
            yield Fault("联系电话应为11位手机号码，或带区号的座机号码", f"{place}.phone")

    def row(self, case: Case) -> Party:
        """This party of ``case``, unsaved."""
        return Party(
            jurisdiction_id=case.jurisdiction_id,
            matter_id=case.id,
            role=self.role,
            kind=self.kind,
            name=self.name.strip(),
            identity=self.identity.strip() or None,
            phone=self.phone.strip() or None,
            address=self.address.strip() or None,
        )


def identity_fault(kind: str, number: str) -> str | None:
    """Why ``number`` is not an identity number (GB 11643) or, of an organisation, a credit code (GB 32100)."""
    text = number.strip().upper()
    right, what = (
        (is_identity_number(text), "身份证号码")
        if kind == PartyKind.PERSON
        else (uscc.is_valid(text), "统一社会信用代码")
    )
    return None if right else f"{what}不正确：应为18位且末位校验码相符，请对照证件核对"


def is_identity_number(text: str) -> bool:
    """Whether this is a person's identity number by its form, day of birth and check digit.

    The county it begins with is not looked up: people keep the number of a county that is no more, or that did not
    exist in the year they were born.
    """
    if _IDENTITY.match(text) is None:
        return False
    year, month, day = int(text[6:10]), int(text[10:12]), int(text[12:14])
    if not (year >= 1800 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return False
    # ISO 7064, MOD 11-2: the digits before the last, read in base 13, stand for the weighted sum.
    return text[17] == "0123456789X"[(1 - 2 * int(text[:17], 13)) % 11]
