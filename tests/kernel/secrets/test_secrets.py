"""Secrets: ciphertext at rest, masked when shown, found by hash, readable after a rotation, dead when moved or touched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.parties.models import Party, PartyFacts
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.secrets import ciphers, keyring
from fazhi.kernel.ground.secrets.masks import Mask, masked
from fazhi.lines.mediation.models import Mediation
from tests.lines.mediation.factories import committee
from tests.world import AT, World, world

__all__ = ["world"]

# A well-formed number of a region code that was never given out.
IDENTITY = "999999199001010016"
PLACE = "parties_party.identity"


@pytest.fixture
def own_keys(settings: Any, tmp_path: Path) -> None:
    settings.FAZHI_HOME = tmp_path


def opened(world: World, **party: str) -> Mediation:
    return procedure.open(
        Mediation,
        {"organisation": committee(world), "kind": "family", "summary": "赡养"},
        actor=world.actor("east"), at=AT, unit=world.units["east"],
        parties=[PartyFacts("applicant", "甲某", **party), PartyFacts("respondent", "乙某")],
    )  # fmt: skip


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
def test_what_is_encrypted_comes_back_under_its_own_place_only(own_keys: None, settings: Any, cipher: str) -> None:
    settings.FAZHI_CIPHER = cipher
    sealed = ciphers.encrypt("秘密", PLACE)
    assert "秘密".encode() not in sealed
    assert ciphers.decrypt(sealed, PLACE) == "秘密"
    with pytest.raises(ciphers.Unreadable):
        ciphers.decrypt(sealed, "parties_party.phone")
    with pytest.raises(ciphers.Unreadable):
        ciphers.decrypt(sealed[:-1] + bytes([sealed[-1] ^ 1]), PLACE)


def test_the_same_text_is_never_the_same_ciphertext(own_keys: None) -> None:
    assert ciphers.encrypt("甲", PLACE) != ciphers.encrypt("甲", PLACE)


def test_a_rotation_leaves_old_values_readable_and_new_ones_under_the_new_key(own_keys: None) -> None:
    before = ciphers.encrypt("甲", PLACE)
    assert keyring.add_key() == 2
    after = ciphers.encrypt("甲", PLACE)
    assert [ciphers.key_number(each) for each in (before, after)] == [1, 2]
    assert ciphers.decrypt(before, PLACE) == ciphers.decrypt(after, PLACE) == "甲"


def test_keys_are_files_only_their_owner_can_read(own_keys: None, tmp_path: Path) -> None:
    ciphers.encrypt("甲", PLACE)
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys" / keyring.FILE).stat().st_mode & 0o777 == 0o600


@given(st.text(min_size=1, max_size=40), st.sampled_from(list(Mask)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_mask_hides_at_least_four_characters(text: str, mask: Mask) -> None:
    shown = masked(text, mask)
    if len(text) >= 11 and mask is Mask.IDENTITY:
        assert shown.startswith(text[:3])
        assert shown.endswith(text[-4:])
        assert shown.count("*") >= 4
    if mask is Mask.ALL:
        assert set(shown) <= {"＊", "*"}
    assert len(text) < 8 or text not in shown or set(text) <= {"*", "＊"}


def test_a_record_holds_and_audits_ciphertext_only(world: World) -> None:
    case = opened(world, identity=IDENTITY, phone="13900000000", address="青江新区东桥街道一号")
    with connection.cursor() as cursor:
        for table in ("parties_party", "audit_payload"):
            cursor.execute(f"SELECT string_agg(t::text, '|') FROM {table} AS t")
            told = cursor.fetchone()[0]
            assert IDENTITY not in told
            assert "13900000000" not in told
            assert "东桥街道一号" not in told
    party = Party.objects.get(matter_id=case.id, role="applicant")
    assert str(party.identity) == "999***********0016"
    assert repr(party.phone) == "139****0000"
    assert party.identity.reveal() == IDENTITY


def test_a_secret_is_found_by_what_it_says(world: World) -> None:
    case = opened(world, identity=IDENTITY)
    wide = "９９９９９９１９９００１０１００１６"
    found = Party.objects.filter(identity_hash=ciphers.search_hash(f" {wide} "))
    assert [party.matter_id for party in found] == [case.id]
    assert not Party.objects.filter(identity_hash=ciphers.search_hash("999999199001010024")).exists()


@pytest.mark.parametrize(
    ("party", "field"),
    [
        ({"identity": "999999199001010017"}, "party.applicant.identity"),
        ({"identity": "12345"}, "party.applicant.identity"),
        ({"phone": "139000"}, "party.applicant.phone"),
        ({"kind": "organisation", "identity": IDENTITY}, "party.applicant.identity"),
    ],
)
def test_a_number_that_cannot_be_is_refused_without_repeating_it(
    world: World, party: dict[str, str], field: str
) -> None:
    committee(world)
    with pytest.raises(Refused) as refusal:
        opened(world, **party)
    assert [fault.field for fault in refusal.value.faults] == [field]
    assert party.get("identity", "never") not in str(refusal.value)
    world.enter()
    assert not Mediation.objects.exists()
