"""The settings of service, with the pages of the test and files under their plain names, which are collected sooner."""

from fazhi.site.settings.base import *  # noqa: F403
from fazhi.site.settings.base import STORAGES

ROOT_URLCONF = "tests.site.served.urls"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
