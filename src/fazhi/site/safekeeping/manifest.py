"""The manifest: what a backup holds, so that it can be checked before anything is touched."""

import json
from dataclasses import asdict, dataclass

from fazhi.site.safekeeping.errors import BackupUnusable

# Raised when an older program could no longer read what is written.
FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the archive: its name there, its size in bytes and the SHA-256 of its content."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    `made_at` is an instant in ISO 8601; `migrations` are the (package, name) applied to the database; `rows` the number
    of rows of each table; `sequences` the last value of each and whether it has been handed out.
    """

    made_at: str
    migrations: tuple[tuple[str, str], ...]
    rows: dict[str, int]
    sequences: dict[str, tuple[int, bool]]
    members: tuple[Member, ...]
    format: int = FORMAT

    def text(self) -> bytes:
        """Returns the manifest as it stands in the archive."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()


def parse(text: bytes) -> Manifest:
    """Returns the manifest of an archive; raises `BackupUnusable` when it is not readable or of a later format."""
    try:
        said = json.loads(text)
        if said["format"] > FORMAT:
            raise BackupUnusable(
                f"备份由更新版本的程序制作（格式 {said['format']}），请用该版本恢复 | "
                "made by a later version of the program: restore it with that version"
            )
        return Manifest(
            made_at=said["made_at"],
            migrations=tuple((package, name) for package, name in said["migrations"]),
            rows=said["rows"],
            sequences={name: (last, called) for name, (last, called) in said["sequences"].items()},
            members=tuple(Member(**member) for member in said["members"]),
            format=said["format"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BackupUnusable(f"备份清单无法读取 | the manifest cannot be read: {error}") from error
