"""The settings of the test suite and of type checking: as in service, save what would make tests slow or need files."""

import os
import secrets
import tempfile
from pathlib import Path

os.environ.setdefault("FAZHI_SECRET_KEY", "signs nothing that leaves the tests")

# A suite has a home of its own unless it is given one, and so has each of its processes: a transaction that runs in any
# database of a server holds back what the sealer may take in. Only names are settled here, and here they must be, since
# the test runner reads settings before anything of ours runs; the suite makes the folders.
SUITE_HOMES = "fazhi-suite-"
_OF_THE_SUITE = "FAZHI_HOME_OF_SUITE"
_of_controller = "PYTEST_XDIST_WORKER" in os.environ and os.environ["FAZHI_HOME"] == os.environ.get(_OF_THE_SUITE)
SUITE_OWNS_HOME = "FAZHI_HOME" not in os.environ or _of_controller
if SUITE_OWNS_HOME:
    _mark = f"{SUITE_HOMES}{os.getpid()}-{secrets.token_hex(4)}"
    os.environ["FAZHI_HOME"] = str(Path(tempfile.gettempdir()) / _mark)
    os.environ.setdefault(_OF_THE_SUITE, os.environ["FAZHI_HOME"])

from fazhi.site.settings.base import *  # noqa: E402, F403 — what is set above must be set before base reads it
from fazhi.site.settings.base import DATABASES, STORAGES  # noqa: E402 — as above

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The manifest knows only what collectstatic has seen.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Files are looked up where they lie, since nothing is collected, and a folder that is missing would be warned about.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
# A pool keeps connections to a database that the suite wants to drop.
DATABASES["default"]["OPTIONS"].pop("pool")
