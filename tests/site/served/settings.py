"""The settings of service, with the pages of the test, files under their plain names, and quick passwords."""

from fazhi.site.settings.base import *  # noqa: F403
from fazhi.site.settings.base import STORAGES

ROOT_URLCONF = "tests.site.served.urls"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
