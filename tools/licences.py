"""Checks that every installed package may go along with software under Mulan PSL v2: `python -m tools.licences`.

Packages that run as part of the program must not oblige it to another licence. Those of the development group run
beside it only, so any open licence will do for them; they are looked at all the same, for what is locked is installed.
"""

import re
import sys
from importlib.metadata import Distribution, distributions

# Each has been read to allow use and distribution within a work under other terms.
ALLOWED = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|Python-2\.0|MPL|Mozilla|Unlicense|CC0|Zlib|"
    r"MulanPSL|OFL|PostgreSQL|LGPL|Lesser General Public|Public Domain|HPND|CNRI)",
    re.IGNORECASE,
)
REFUSED = re.compile(r"(?<!L)(?<!Lesser )\b(AGPL|GPL|General Public License)|Affero|SSPL|Commons Clause", re.IGNORECASE)


def main() -> int:
    """Prints each package whose licence is unknown or refused; returns how many there are, at most 1."""
    doubtful = [(dist.name, _licence(dist)) for dist in distributions() if not _fits(_licence(dist))]
    for name, licence in sorted(doubtful):
        sys.stdout.write(f"{name}: {licence or 'no licence named'}\n")
    return 1 if doubtful else 0


def _fits(licence: str) -> bool:
    lesser = re.sub(r"(GNU )?Lesser General Public License|LGPL", "LGPL", licence, flags=re.IGNORECASE)
    return bool(ALLOWED.search(lesser)) and not REFUSED.search(lesser)


def _licence(dist: Distribution) -> str:
    said = dist.metadata.json
    if "license_expression" in said:
        return str(said["license_expression"])
    classified = [text for text in said.get("classifier", ()) if text.startswith("License ::")]
    free = str(said.get("license") or "").strip().splitlines()
    return " / ".join([*(text.rsplit("::", 1)[1].strip() for text in classified), *free[:1]])


if __name__ == "__main__":
    sys.exit(main())
