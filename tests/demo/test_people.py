"""Nobody in the demonstration is anybody."""

from __future__ import annotations

from stdnum.cn import ric, uscc

from fazhi.demo import people
from fazhi.demo.chance import Chance
from fazhi.kernel.casework.parties.models import PartyFacts, PartyKind


def test_numbers_pass_the_checks_of_the_program_and_begin_with_what_is_given_to_nobody() -> None:
    chance = Chance("people")
    for _ in range(300):
        identity, code, phone = people.identity(chance), people.credit_code(chance), people.phone(chance)
        assert ric.is_valid(identity)
        assert identity.startswith(people.AREA_CODE)
        assert uscc.is_valid(code)
        assert code[2:8] == "000000"
        assert phone.startswith(people.MOBILE)
        assert list(PartyFacts("applicant", people.name_of(chance), identity=identity, phone=phone).faults()) == []
        firm = PartyFacts("respondent", people.enterprise(chance), PartyKind.ORGANISATION, identity=code, phone=phone)
        assert list(firm.faults()) == []
        assert people.MARK in firm.name


def test_the_area_code_is_that_of_a_whole_province_which_no_identity_number_carries() -> None:
    # A person's number begins with the code of a county: its last four digits are never all zero.
    assert people.AREA_CODE.endswith("0000")


def test_a_series_of_names_repeats_none() -> None:
    names = [people.named(turn) for turn in range(5000)]
    assert len(set(names)) == len(names)
