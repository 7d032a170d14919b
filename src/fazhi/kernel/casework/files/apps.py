"""Django application of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Registers the tables of this part."""

    name = "fazhi.kernel.casework.files"
    label = "files"
    verbose_name = "材料"
