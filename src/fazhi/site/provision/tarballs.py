"""Unpacks tar archives without trusting them; Python's own filter for that is missing in early releases of 3.11."""

import shutil
import tarfile
from pathlib import Path, PurePosixPath


def extract(tar: tarfile.TarFile, folder: Path) -> None:
    """Writes the plain files of an archive below `folder`; raises `ValueError` for a name that leads out of it.

    Links, devices, owners and rights in the archive are left out: what we unpack has none that matter.
    """
    for entry in tar:
        name = PurePosixPath(entry.name)
        if name.is_absolute() or ".." in name.parts:
            raise ValueError(f"{entry.name} leads out of the archive")
        content = tar.extractfile(entry) if entry.isfile() else None
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                shutil.copyfileobj(content, file)
