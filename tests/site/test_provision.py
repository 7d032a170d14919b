"""Installing from nothing: where packages come from, what is refused."""

import hashlib
import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from fazhi.site.provision import assets, bundle, installer
from fazhi.site.provision.indexes import configured, for_uv
from fazhi.site.provision.refusal import CannotInstall
from fazhi.site.provision.tarballs import extract

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def machine(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that is configured by one file."""
    return {"HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path / "xdg"), "PATH": "/nonexistent"}


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# ── Where packages come from ─────────────────────────────────────────────────────────────────────────────────────────


def test_pips_files_count_and_variables_count_more(machine: dict[str, str], tmp_path: Path) -> None:
    write(
        tmp_path / ".config" / "pip" / "pip.conf",
        "[global]\nindex-url = http://a/simple\nextra-index-url = http://b http://c\nfind-links = /wheels\n",
    )
    found = configured(machine)
    assert (found.default, found.extra[-2:], found.find_links) == (
        "http://a/simple",
        ("http://b", "http://c"),
        ("/wheels",),
    )
    assert configured({**machine, "PIP_INDEX_URL": "http://d"}).default == "http://d"
    assert configured({**machine, "UV_DEFAULT_INDEX": "http://e", "PIP_INDEX_URL": "http://d"}).default == "http://e"


def test_no_file_counts_when_pip_is_told_so(machine: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / ".config" / "pip" / "pip.conf", "[global]\nindex-url = http://a/simple\n")
    assert configured({**machine, "PIP_CONFIG_FILE": "/dev/null"}).default is None


def test_uv_is_told_what_pip_knows_unless_it_knows_better(machine: dict[str, str]) -> None:
    told = for_uv({**machine, "PIP_INDEX_URL": "http://a", "PIP_CERT": "/ca.pem"})
    assert (told["UV_DEFAULT_INDEX"], told["SSL_CERT_FILE"]) == ("http://a", "/ca.pem")
    assert (
        for_uv({**machine, "PIP_INDEX_URL": "http://a", "UV_DEFAULT_INDEX": "http://b"})["UV_DEFAULT_INDEX"]
        == "http://b"
    )


# ── uv on a machine without pip ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def bare(machine: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, dict[str, str]]:
    """A checkout on a machine without pip, whose index is a folder that holds a wheel of uv."""
    monkeypatch.setattr(installer, "_pips", lambda: iter(()))
    wheels = tmp_path / "a folder" / "wheels"
    wheels.mkdir(parents=True)
    name = next(
        name
        for name in ("uv-1-py3-none-manylinux_2_17_x86_64.whl", "uv-1-py3-none-manylinux_2_17_aarch64.whl",
                     "uv-1-py3-none-macosx_11_0_arm64.whl", "uv-1-py3-none-musllinux_1_1_x86_64.whl")
        if installer._fits(name)
    )  # fmt: skip
    with zipfile.ZipFile(wheels / name, "w") as wheel:
        wheel.writestr("uv-1.data/scripts/uv", "#!/bin/sh\necho uv 1\n")
    digest = hashlib.sha256((wheels / name).read_bytes()).hexdigest()
    checkout = tmp_path / "checkout"
    write(checkout / "installer.lock", f"uv==1 \\\n    --hash=sha256:{digest}\n")
    return checkout, {**machine, "PATH": "/usr/bin:/bin", "PIP_FIND_LINKS": wheels.as_uri()}


def test_uv_is_unpacked_by_hand_when_its_hash_is_in_the_lock(bare: tuple[Path, dict[str, str]]) -> None:
    checkout, environment = bare
    assert installer.uv(checkout, environment) == [str(checkout / ".uv" / "bin" / "uv")]


def test_a_uv_of_another_hash_is_never_run(bare: tuple[Path, dict[str, str]]) -> None:
    checkout, environment = bare
    write(checkout / "installer.lock", f"uv==1 \\\n    --hash=sha256:{'0' * 64}\n")
    with pytest.raises(CannotInstall, match="PIP_INDEX_URL"):
        installer.uv(checkout, environment)
    assert not (checkout / ".uv" / "bin" / "uv").exists()


def test_without_pip_uv_and_index_it_is_said_what_to_do(bare: tuple[Path, dict[str, str]]) -> None:
    checkout, environment = bare
    del environment["PIP_FIND_LINKS"]
    with pytest.raises(CannotInstall, match="python3-pip"):
        installer.uv(checkout, {**environment, "PIP_CONFIG_FILE": "/dev/null"})


# ── The bundle ───────────────────────────────────────────────────────────────────────────────────────────────────────


def packed(tmp_path: Path, about: dict[str, str]) -> Path:
    target = tmp_path / "bundle.tar"
    with tarfile.open(target, "w") as tar:
        content = json.dumps(about).encode()
        entry = tarfile.TarInfo("bundle.json")
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    return target


@pytest.mark.parametrize(
    ("differs", "said"),
    [
        ({"python": "3.1"}, "made for python 3.1"),
        ({"machine": "vax"}, "made for machine vax"),
        ({"requirements.lock": "0"}, "another version of fazhi"),
    ],
)
def test_a_bundle_for_something_else_is_refused(tmp_path: Path, differs: dict[str, str], said: str) -> None:
    source = packed(tmp_path, {**bundle._about(CHECKOUT), **differs})
    with pytest.raises(CannotInstall, match=said), bundle.unpacked(CHECKOUT, source):
        pytest.fail("unpacks it")


def test_a_bundle_for_here_is_unpacked_and_its_content_still_checked(tmp_path: Path) -> None:
    with bundle.unpacked(CHECKOUT, packed(tmp_path, bundle._about(CHECKOUT))) as folder:
        with pytest.raises(CannotInstall, match="the bundle lacks @tabler/core"):
            bundle.browser_tarballs(CHECKOUT, folder)
        for package, version, _ in bundle._browser_packages(CHECKOUT):
            write(folder / "npm" / assets.tarball_name(package, version), "smuggled")
        with pytest.raises(CannotInstall, match=r"is not what package-lock\.json says"):
            bundle.browser_tarballs(CHECKOUT, folder)
    assert not folder.exists()


def test_from_a_bundle_no_index_is_asked(tmp_path: Path) -> None:
    told = bundle.offline(
        tmp_path / "un packed", {"UV_DEFAULT_INDEX": "http://a", "PIP_INDEX_URL": "http://b", "X": "y"}
    )
    assert "UV_DEFAULT_INDEX" not in told
    assert told["PIP_NO_INDEX"] == "1"
    assert told["PIP_FIND_LINKS"].endswith("/un%20packed/wheels"), "pip splits the variable at spaces"
    assert told["X"] == "y"


@pytest.mark.parametrize("name", ["../out", "/out", "a/../../out"])
def test_an_archive_cannot_write_outside(tmp_path: Path, name: str) -> None:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        tar.addfile(tarfile.TarInfo(name))
    content.seek(0)
    with tarfile.open(fileobj=content) as tar, pytest.raises(ValueError, match="leads out"):
        extract(tar, tmp_path / "in")
    assert not list(tmp_path.rglob("out"))


def test_links_in_an_archive_are_left_out(tmp_path: Path) -> None:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        tar.addfile(link)
        tar.addfile(tarfile.TarInfo("link/passwd"))
    content.seek(0)
    with tarfile.open(fileobj=content) as tar:
        extract(tar, tmp_path)
    assert (tmp_path / "link" / "passwd").is_file()
    assert not (tmp_path / "link").is_symlink()


# ── What setup needs of the machine ──────────────────────────────────────────────────────────────────────────────────


def test_setup_runs_on_python_alone() -> None:
    """Whatever it imports is in the standard library, for nothing else is there when it runs."""
    imported = {
        line.split()[1].split(".")[0]
        for path in (CHECKOUT / "src" / "fazhi" / "site" / "provision").glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("import ", "from "))
    }
    assert imported - set(sys.stdlib_module_names) == {"fazhi"}
    for package in ("fazhi", "fazhi/site"):
        text = (CHECKOUT / "src" / package / "__init__.py").read_text(encoding="utf-8")
        assert "import" not in text, f"{package} is imported along with it"
