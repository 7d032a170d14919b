"""Documents speak of what there is: links lead somewhere, commands and settings named exist, references are current."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands

from fazhi.site.cli import verbs
from fazhi.site.settings.environment import DECLARED
from tests.architecture.sources import CHECKOUT, shown, tracked

_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
_COMMAND = re.compile(r"(?:\./|`)fazhi ([a-z_]+)")
_SETTING = re.compile(r"\bFAZHI_[A-Z_]+\b")
# Read by the suite and its tools only.
_OF_THE_SUITE = frozenset({"FAZHI_CHROMIUM"})
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SECTIONS = ("Status", "Context", "Decision", "Consequences", "Rejected")


def _pages() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        if path.suffix == ".md":
            yield path, path.read_text(encoding="utf-8")


def test_links_between_documents_lead_to_a_file() -> None:
    broken = [
        f"{shown(page)}: {target}"
        for page, text in _pages()
        for target in _LINK.findall(text)
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_commands_named_exist() -> None:
    known = set(get_commands()) | {"setup", "help", "version"}
    named = {(shown(page), verb) for page, text in _pages() for verb in _COMMAND.findall(text)}
    assert named, "no document names a command any more"
    assert sorted(each for each in named if each[1] not in known) == []


def test_settings_named_exist() -> None:
    known = set(DECLARED) | _OF_THE_SUITE
    named = {(shown(page), name) for page, text in _pages() for name in _SETTING.findall(text)}
    assert sorted(each for each in named if each[1] not in known) == []


def test_the_reference_of_settings_is_current() -> None:
    call_command("configuration", check=True)


def test_every_verb_says_in_both_languages_what_it_does() -> None:
    wrong = {}
    for verb, said in verbs().items():
        chinese, _, english = said.partition(" | ")
        if not _CHINESE.search(chinese) or not english.strip() or _CHINESE.search(english):
            wrong[verb] = said
    assert wrong == {}, "help reads “中文 | English”"


def test_decisions_are_numbered_and_say_what_was_rejected() -> None:
    records = sorted((CHECKOUT / "docs" / "decisions").glob("*.md"))
    numbers = [record.name.split("-")[0] for record in records]
    assert numbers == [f"{number:04}" for number in range(1, len(records) + 1)]
    for record in records:
        said = re.findall(r"^(?:## |\*\*)([A-Z]\w+)", record.read_text(encoding="utf-8"), re.MULTILINE)
        assert [name for name in _SECTIONS if name not in said] == [], record.name


@pytest.mark.parametrize(
    "page", ["docs/testing.md", "docs/configuration.md", "docs/operating.md", "THREAT_MODEL.md", "LICENSE"]
)
def test_what_a_stranger_looks_for_is_there(page: str) -> None:
    assert (CHECKOUT / page).is_file()
