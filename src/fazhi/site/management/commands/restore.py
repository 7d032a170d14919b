"""Brings a backup back."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fazhi.site.safekeeping import archive, keyring
from fazhi.site.safekeeping.errors import BackupUnusable
from fazhi.site.safekeeping.restore import restore
from fazhi.site.supervision.alone import AlreadyServed, alone


class Command(BaseCommand):
    """Makes the site what it was when a backup was made. For a site that is stopped."""

    help = "从备份恢复（先停止服务） | Restores a backup, with the site stopped"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes the file, where the passphrase is, and whether records in place may be replaced."""
        parser.add_argument("file", type=Path, metavar="FILE", help="备份文件 the backup")
        parser.add_argument(
            "--passphrase-file", type=Path, help="备份里密钥的口令文件 where the passphrase of its keys is"
        )
        parser.add_argument("--replace", action="store_true", help="替换现有数据 replace the records that are here")
        parser.add_argument("--check", action="store_true", help="只核对备份，不恢复 check the file, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restores; raises `CommandError` when it cannot, and all is then as it was."""
        try:
            words = keyring.passphrase(options["passphrase_file"])
            with archive.reading(options["file"].absolute()) as reader:
                self.stdout.write(f"备份完好，制作于 the backup is whole, made at {reader.manifest.made_at}")
                if options["check"]:
                    return
                with alone(Path(settings.FAZHI_HOME)):
                    restore(reader, words=words, replace=options["replace"], say=self.stdout.write)
        except (BackupUnusable, AlreadyServed, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("已恢复，请执行 ./fazhi audit verify 核验 | restored; now run ./fazhi audit verify")
