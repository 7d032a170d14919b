"""Makes a backup."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fazhi.site.safekeeping import backup, keyring
from fazhi.site.safekeeping.errors import BackupUnusable


class Command(BaseCommand):
    """Puts database, files, keys and anchors into one file, while the site runs."""

    help = "备份数据库、文件、密钥和审计锚点到一个文件 | Backs up database, files, keys and anchors into one file"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes the file, and where the passphrase for the keys is."""
        parser.add_argument("file", type=Path, metavar="FILE", help="备份文件，不得已存在 the file to write, a new one")
        parser.add_argument(
            "--passphrase-file",
            type=Path,
            help="用该文件中的口令加密备份里的密钥 seal the keys under the passphrase in it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes the backup; raises `CommandError` and leaves no file when it cannot."""
        target = options["file"].absolute()
        try:
            words = keyring.passphrase(options["passphrase_file"])
            made = backup.make(target, made_at=datetime.now(UTC), words=words)
        except (BackupUnusable, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = sum(made.rows.values())
        self.stdout.write(
            f"{target}  {target.stat().st_size / 1e6:.1f} MB，{len(made.rows)} 张表 {rows} 行 | "
            f"{len(made.rows)} tables, {rows} rows"
        )
        if words is None:
            self.stderr.write(
                "备份里的密钥未加密，请像保管密钥一样保管它，或用 --passphrase-file | "
                "the keys in it are not sealed: guard it as you guard keys, or use --passphrase-file"
            )
