"""The settings of service, with the pages of the test, files under their plain names, and quick passwords."""

from fazhi.site.settings.base import *  # noqa: F403
from fazhi.site.settings.base import MIDDLEWARE, STORAGES

ROOT_URLCONF = "tests.site.served.urls"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# What stands between a browser and the program is tested where it lies; here it would ask who is writing.
MIDDLEWARE.clear()
