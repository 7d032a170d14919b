"""The verb `fazhi audit`: verify the audit, print what to file elsewhere, begin an era after a restore."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from fazhi.kernel.ground.audit import anchors, chain
from fazhi.kernel.ground.audit.verify import verify

_OWNER = "owner"
_STDIN = "-"


class Command(BaseCommand):
    """Looks after the audit; each verb below it is one task of the audit administrator."""

    help = "核验审计链，输出锚点留存，恢复备份后另起纪元 | Verifies the audit, prints anchors to file, begins an era after a restore"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declares the tasks."""
        tasks = parser.add_subparsers(dest="task", required=True)
        verifying = tasks.add_parser("verify", help="核验审计链和全部受审计的记录；发现篡改时以 1 结束")
        verifying.add_argument("--filed", metavar="文件", help="另行留存的锚点，一行一条；- 表示从标准输入读取")
        verifying.add_argument("--limit", type=_positive, default=200, help="每类问题最多列出多少处（默认 200）")
        tasks.add_parser("anchor", help="输出最后一条锚点和验签公钥，供另行留存")
        beginning = tasks.add_parser("era", help="另起纪元：恢复备份或者更换服务器之后，停机执行")
        beginning.add_argument("--reason", required=True, help="原因，长期保留在审计链中")

    def handle(self, *args: Any, task: str, **options: Any) -> None:
        """Runs one task."""
        {"verify": self._verify, "anchor": self._anchor, "era": self._era}[task](options)

    def _verify(self, options: dict[str, Any]) -> None:
        report = verify(owner=_OWNER, filed=_filed(options["filed"]), limit=options["limit"])
        for line in report.lines():
            self.stdout.write(line)
        if not report.sound:
            raise CommandError("核验未通过：请保全现场（数据库、锚点文件和日志），并报告审计管理员")

    def _anchor(self, _options: dict[str, Any]) -> None:
        database = connections[_OWNER].settings_dict["NAME"]
        try:
            last = anchors.last(database)
        except anchors.Forged as forged:
            raise CommandError(f"锚点文件 {anchors.path(database)} 的最后一行不是本系统签署的") from forged
        if last is None:
            raise CommandError(f"还没有锚点：{anchors.path(database)} 不存在或者为空")
        self.stdout.write(last.line(anchors.signing_key()).decode().rstrip("\n"))
        self.stderr.write(f"验签公钥（Ed25519，base64）：{anchors.public_key_text()}")
        self.stderr.write("请把上面一行抄存到本机以外；以后用 fazhi audit verify --filed 核对。")

    def _era(self, options: dict[str, Any]) -> None:
        reason = options["reason"].strip()
        if not reason:
            raise CommandError("请用 --reason 写明原因")
        try:
            number = chain.begin_era(reason, owner=_OWNER)
        except chain.ChainBroken as broken:
            raise CommandError(str(broken)) from broken
        self.stdout.write(f"纪元 {number} 已开始：{reason}")


def _filed(source: str | None) -> list[bytes]:
    if source is None:
        return []
    if source == _STDIN:
        return sys.stdin.buffer.read().splitlines()
    try:
        return Path(source).read_bytes().splitlines()
    except OSError as error:
        raise CommandError(f"读不到留存的锚点 {source}：{error.strerror}") from error


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError("须为正整数")
    return number
