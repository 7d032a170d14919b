"""Reads where this machine gets Python packages from, so that uv and pip take them from the same places."""

import configparser
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Indexes:
    """Holds the index that replaces the default one, further indexes, folders or pages of files, and a CA bundle."""

    default: str | None
    extra: tuple[str, ...]
    find_links: tuple[str, ...]
    certificates: str | None


def configured(environment: Mapping[str, str]) -> Indexes:
    """Returns what pip's variables and files say; later files and then variables win, as they do for pip itself."""
    said: dict[str, str] = {}
    for path in _files(environment):
        parser = configparser.ConfigParser(interpolation=None)
        try:
            parser.read(path, encoding="utf-8")
        except (configparser.Error, PermissionError):
            # pip itself will say so when it is asked; here the next source decides.
            continue
        for section in ("global", "install"):
            if parser.has_section(section):
                said |= dict(parser.items(section))
    for name in ("index-url", "extra-index-url", "find-links", "cert"):
        variable = environment.get("PIP_" + name.upper().replace("-", "_"))
        if variable:
            said[name] = variable
    return Indexes(
        default=environment.get("UV_DEFAULT_INDEX") or environment.get("UV_INDEX_URL") or said.get("index-url"),
        extra=tuple(said.get("extra-index-url", "").split()),
        find_links=tuple(said.get("find-links", "").split()),
        certificates=said.get("cert"),
    )


def for_uv(environment: Mapping[str, str]) -> dict[str, str]:
    """Returns `environment` with pip's configuration put into uv's variables, wherever uv has none of its own.

    With several indexes the best match of all is taken, as pip does: every file must match a hash of the lock anyway.
    """
    found = configured(environment)
    wanted = {
        "UV_DEFAULT_INDEX": found.default or "",
        "UV_INDEX": " ".join(found.extra),
        "UV_FIND_LINKS": ",".join(found.find_links),
        "SSL_CERT_FILE": found.certificates or "",
        # Bureaus behind a gateway that opens TLS have its certificate in the system's store.
        "UV_SYSTEM_CERTS": "" if found.certificates else "true",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_NO_PROGRESS": "1",
        "UV_LINK_MODE": "copy",
    }
    return {**{name: value for name, value in wanted.items() if value}, **environment}


def _files(environment: Mapping[str, str]) -> list[Path]:
    if environment.get("PIP_CONFIG_FILE") == os.devnull:
        # pip's own way of saying that no file counts.
        return []
    home = Path(environment.get("HOME", "/nonexistent"))
    folders = environment.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":")
    files = [Path(folder) / "pip" / "pip.conf" for folder in folders]
    files += [Path("/etc/pip.conf"), home / ".pip" / "pip.conf", home / ".config" / "pip" / "pip.conf"]
    files.append(Path(sys.prefix) / "pip.conf")
    if named := environment.get("PIP_CONFIG_FILE"):
        files.append(Path(named))
    return [path for path in files if os.access(path, os.R_OK)]
