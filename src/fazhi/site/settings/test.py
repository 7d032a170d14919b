"""The settings of the test suite and of type checking: as in service, save what would make tests slow or need files."""

import os
import secrets
import tempfile
from pathlib import Path

os.environ.setdefault("FAZHI_SECRET_KEY", "signs nothing that leaves the tests")

# A suite has a home of its own unless it is given one. Only the name is settled here, and here it must be, since the
# test runner reads settings before anything of ours runs; the suite makes the folder.
SUITE_HOMES = "fazhi-suite-"
SUITE_OWNS_HOME = "FAZHI_HOME" not in os.environ
if SUITE_OWNS_HOME:
    _mark = f"{SUITE_HOMES}{os.getpid()}-{secrets.token_hex(4)}"
    os.environ["FAZHI_HOME"] = str(Path(tempfile.gettempdir()) / _mark)

from fazhi.site.settings.base import *  # noqa: E402, F403 — what is set above must be set before base reads it
from fazhi.site.settings.base import DATABASES, STORAGES  # noqa: E402 — as above

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The manifest knows only what collectstatic has seen.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Files are looked up where they lie, since nothing is collected, and a folder that is missing would be warned about.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
# A pool keeps connections to a database that the suite wants to drop.
DATABASES["default"]["OPTIONS"].pop("pool")
