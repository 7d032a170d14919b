"""Gets hold of uv, which makes environments and installs packages without pip or the venv module."""

import hashlib
import io
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from fazhi.site.provision.indexes import configured
from fazhi.site.provision.refusal import CannotInstall

_LOCK = "installer.lock"
_SECONDS = 120


def uv(checkout: Path, environment: Mapping[str, str]) -> list[str]:
    """Returns the command that runs uv, fetching it into `.uv` when the machine has none.

    Tried in order: uv on PATH, one fetched before, uv as a module, pip, and at last the configured index itself,
    whose file is unpacked after its hash was found in `installer.lock`. Raises `CannotInstall`.
    """
    own = checkout / ".uv" / "bin" / "uv"
    for command in (["uv"], [str(own)], [sys.executable, "-m", "uv"]):
        if _works(command, environment):
            return command
    if _by_pip(checkout, environment) and _works([str(own)], environment):
        return [str(own)]
    _by_hand(checkout, environment)
    if _works([str(own)], environment):
        return [str(own)]
    raise CannotInstall("uv was fetched but does not run on this machine; install uv or pip by other means")


def _works(command: list[str], environment: Mapping[str, str]) -> bool:
    if shutil.which(command[0], path=environment.get("PATH")) is None:
        return False
    return subprocess.run([*command, "--version"], capture_output=True, env=environment, check=False).returncode == 0


def _by_pip(checkout: Path, environment: Mapping[str, str]) -> bool:
    wanted = ["install", "--quiet", "--upgrade", "--target", str(checkout / ".uv"), "--no-deps", "--require-hashes"]
    wanted += ["--requirement", str(checkout / _LOCK)]
    return any(
        subprocess.run([*pip, *wanted], capture_output=True, env=environment, check=False).returncode == 0
        for pip in _pips()
    )


def _pips() -> Iterator[list[str]]:
    """Yields commands that run pip: the module, and the wheels Python keeps to make environments with."""
    yield [sys.executable, "-m", "pip"]
    kept = [sysconfig.get_config_var("WHEEL_PKG_DIR"), "/usr/share/python-wheels"]
    kept.append(str(Path(sysconfig.get_path("stdlib")) / "ensurepip" / "_bundled"))
    for folder in filter(None, kept):
        for wheel in sorted(Path(folder).glob("pip-*.whl")):
            yield [sys.executable, str(wheel / "pip")]


def _by_hand(checkout: Path, environment: Mapping[str, str]) -> None:
    lock = (checkout / _LOCK).read_text(encoding="ascii")
    hashes = frozenset(re.findall(r"sha256:([0-9a-f]{64})", lock))
    found = configured(environment)
    places = [place for place in (found.default, *found.extra) if place]
    pages = [f"{place.rstrip('/')}/uv/" for place in places] + list(found.find_links)
    if not pages:
        raise CannotInstall(
            "there is neither uv nor pip here, and no package index is configured: install pip (on Debian: apt-get "
            "install python3-pip), or set PIP_INDEX_URL to the address of the index to use, or install from a bundle made "
            "on another machine (./fazhi setup --bundle FILE)"
        )
    for page in pages:
        for address in _addresses(page):
            content = _wheel(address, hashes)
            if content is not None:
                _unpack(content, checkout / ".uv")
                return
    raise CannotInstall(
        f"there is neither uv nor pip here, and no file of {lock.split()[0]} for this machine at {', '.join(pages)}: install "
        "pip (on Debian: apt-get install python3-pip), or set PIP_INDEX_URL to the address of an index that has it"
    )


def _addresses(page: str) -> Iterator[str]:
    """Yields the addresses of uv's wheels for this machine which a page of links, or a folder, offers."""
    folder = Path(unquote(urlsplit(page).path)) if page.startswith("file:") else Path(page)
    if "://" not in page or folder.is_dir():
        if not (folder / "index.html").is_file():
            yield from (path.as_uri() for path in sorted(folder.glob("uv-*.whl")) if _fits(path.name))
            return
        page = (folder / "index.html").as_uri()
    text = _get(page)
    if text is None:
        return
    links = _Links()
    links.feed(text.decode("utf-8", "replace"))
    for link in links.found:
        address = urljoin(page, link)
        if _fits(unquote(urlsplit(address).path).rsplit("/", 1)[-1]):
            yield address


def _wheel(address: str, hashes: frozenset[str]) -> bytes | None:
    bare, fragment = urldefrag(address)
    promised = fragment.removeprefix("sha256=") if fragment.startswith("sha256=") else None
    if promised is not None and promised not in hashes:
        return None
    content = _get(bare)
    return content if content is not None and hashlib.sha256(content).hexdigest() in hashes else None


def _get(address: str) -> bytes | None:
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310 — file: and http: are both meant
            return bytes(answer.read())
    except (urllib.error.URLError, TimeoutError):
        return None


def _fits(name: str) -> bool:
    """Tells whether a wheel of uv is for this machine, by its platform tags."""
    if not name.startswith("uv-") or not name.endswith(".whl"):
        return False
    tags = name.removesuffix(".whl").split("-")[-1]
    machine = platform.machine().lower()
    if sys.platform == "darwin":
        return tags.startswith("macosx") and (machine in tags or "universal2" in tags)
    libc = "musllinux" if "musl" in (sysconfig.get_config_var("SOABI") or "") else "manylinux"
    return libc in tags and tags.endswith(machine)


def _unpack(content: bytes, target: Path) -> None:
    program = target / "bin" / "uv"
    program.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        inside = next(name for name in wheel.namelist() if name.endswith(".data/scripts/uv"))
        program.write_bytes(wheel.read(inside))
    program.chmod(0o755)


class _Links(HTMLParser):
    """Collects the addresses of the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]
