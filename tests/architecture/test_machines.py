"""Nothing under version control is bound to one machine or one place on the network."""

import re

from tests.architecture.sources import CHECKOUT, shown, texts

# Put together, so that this file itself does not hold what it looks for.
_FOLDERS = re.compile(r"(?<![\w.~/-])/(?:work|root|home|Users|opt/(?:pypi|wheels))/" + r"[\w.-]")
_REGISTRIES = re.compile(
    "|".join(
        name.replace(" ", r"\.")
        for name in ("pypi org", "pythonhosted org", "npmjs org", "npmjs com", "npmmirror com", "registry yarnpkg")
    )
)
_LOCKS = ("requirements.lock", "installer.lock", "package-lock.json")


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert [f"{shown(path)}: {found.group()}" for path, text in texts() for found in _FOLDERS.finditer(text)] == []


def test_no_file_names_a_package_registry() -> None:
    assert [f"{shown(path)}: {found.group()}" for path, text in texts() for found in _REGISTRIES.finditer(text)] == []


def test_locks_hold_hashes_and_no_addresses() -> None:
    for name in _LOCKS:
        text = (CHECKOUT / name).read_text(encoding="utf-8")
        assert not re.search(r"--index-url|--extra-index-url|--find-links|\"resolved\"|\bgit\+| @ ", text), name
        assert re.search(r"sha256:|\"integrity\": \"sha512-", text), name
