"""Settings: read from the environment, declared once, written down in the reference."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fazhi.site.management.commands import configuration
from fazhi.site.settings import environment
from fazhi.site.settings.environment import Group, Setting, SettingRefused, env
from fazhi.site.settings.reference import reference


@pytest.fixture(autouse=True)
def _nothing_declared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(environment, "DECLARED", {})
    monkeypatch.setenv("FAZHI_HOME", str(tmp_path))
    environment._from_file.cache_clear()


def test_the_environment_goes_before_the_file_and_the_file_before_the_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "fazhi.env").write_text("# ports\nFAZHI_A = 2\nFAZHI_B=3\n", encoding="utf-8")
    monkeypatch.setenv("FAZHI_A", "1")
    read = [env(name, 9, help="x", group=Group.WEB) for name in ("FAZHI_A", "FAZHI_B", "FAZHI_C")]
    assert read == [1, 3, 9]


@pytest.mark.parametrize(
    ("default", "given", "read"),
    [(False, "Yes", True), (True, "off", False), (1, "7", 7), ("a", "b", "b"), ((), "x, y,,", ("x", "y"))],
)
def test_a_value_is_read_in_the_type_of_its_default(
    monkeypatch: pytest.MonkeyPatch, default: str, given: str, read: object
) -> None:
    monkeypatch.setenv("FAZHI_A", given)
    assert env("FAZHI_A", default, help="x", group=Group.WEB) == read


@pytest.mark.parametrize(("default", "given"), [(False, "perhaps"), (1, "many")])
def test_what_cannot_be_read_is_refused_with_its_name(
    monkeypatch: pytest.MonkeyPatch, default: bool, given: str
) -> None:
    monkeypatch.setenv("FAZHI_A", given)
    with pytest.raises(SettingRefused, match=f"FAZHI_A='{given}'"):
        env("FAZHI_A", default, help="x", group=Group.WEB)


def test_a_line_that_is_no_setting_is_refused_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "fazhi.env").write_text("FAZHI_A=1\nnonsense\n", encoding="utf-8")
    with pytest.raises(SettingRefused, match="line 2"):
        env("FAZHI_A", 0, help="x", group=Group.WEB)


def test_a_setting_declared_twice_is_refused() -> None:
    env("FAZHI_A", 0, help="x", group=Group.WEB)
    with pytest.raises(ValueError, match="declared twice"):
        env("FAZHI_A", 0, help="x", group=Group.WEB)


def test_the_reference_names_each_setting_in_its_chapter() -> None:
    page = reference(
        [
            Setting("FAZHI_B", "text", "", "Second.", Group.SAFETY),
            Setting("FAZHI_A", "whole number", "8", "First.", Group.WEB),
        ]
    )
    assert page.index("## Web") < page.index("### `FAZHI_A`") < page.index("First.") < page.index("default `8`")
    assert page.index("default `8`") < page.index("## Safety") < page.index("### `FAZHI_B`")
    assert "default empty" in page


def test_a_reference_that_is_out_of_date_is_told_and_left_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(configuration, "CHECKOUT", tmp_path)
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "configuration.md"
    page.write_text("old", encoding="utf-8")
    with pytest.raises(CommandError, match="differs from the settings"):
        call_command("configuration", check=True)
    assert page.read_text(encoding="utf-8") == "old"
    call_command("configuration")
    call_command("configuration", check=True)
