"""The settings of the test suite and of type checking: as in service, save what would make tests slow or need files."""

import os

os.environ.setdefault("FAZHI_SECRET_KEY", "signs nothing that leaves the tests")

from fazhi.site.settings.base import *  # noqa: F403 — the key above must be set before base reads it
from fazhi.site.settings.base import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The manifest knows only what collectstatic has seen.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# A pool keeps connections to a database that the suite wants to drop.
DATABASES["default"]["OPTIONS"].pop("pool")
