"""Starts everything: what `./run` does after installing."""

import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fazhi.site.supervision import address
from fazhi.site.supervision.alone import AlreadyServed, alone
from fazhi.site.supervision.preparation import logins, prepare
from fazhi.site.supervision.supervisor import Supervisor, child, signals, until_stopped
from fazhi.web import first_run


class Command(BaseCommand):
    """Prepares the site, then runs web server and worker and keeps them running until Ctrl-C or SIGTERM."""

    help = "启动全部服务（数据库、网页、后台任务） | Starts everything and keeps it running"

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes the address, and whether to begin without the demonstration."""
        parser.add_argument("--host", default=settings.FAZHI_HOST, help="监听地址 address to listen on (FAZHI_HOST)")
        parser.add_argument("--port", type=int, default=settings.FAZHI_PORT, help="端口 port to listen on (FAZHI_PORT)")
        parser.add_argument(
            "--empty",
            action="store_true",
            help="建立本局自己的系统，不装示范数据 a bureau of your own, no demonstration",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs until told to stop; raises `CommandError` when the address or the home is taken."""
        try:
            with signals() as stopping, alone(Path(settings.FAZHI_HOME)):
                self._refuse_taken(options["host"], options["port"])
                with until_stopped(stopping):
                    prepare(empty=options["empty"], say=self._say)
                    self._run(options["host"], options["port"], stopping)
        except AlreadyServed as refusal:
            raise CommandError(str(refusal)) from None
        self._say("已停止 stopped")

    def _refuse_taken(self, host: str, port: int) -> None:
        if not address.is_free(host, port):
            raise CommandError(
                f"端口 {port} 已被其他程序占用：换一个端口，如 ./run --port {port + 1} | "
                f"port {port} is taken by another program: choose one, as in ./run --port {port + 1}, or set FAZHI_PORT"
            )

    def _run(self, host: str, port: int, stopping: threading.Event) -> None:
        place = {"FAZHI_HOST": host, "FAZHI_PORT": str(port)}
        supervisor = Supervisor(
            [child("worker", "worker", self._say), child("web", "web", self._say, **place)],
            None if settings.FAZHI_DATABASE_URL else settings.CLUSTER,
            self._say,
        )
        supervisor.run(stopping, ready=lambda: address.answers(host, port), announce=lambda: self._announce(host, port))

    def _announce(self, host: str, port: int) -> None:
        known = logins()
        if known:
            self._say(f"\n{known}")
        opening = first_run.code()
        if opening:
            self._say(f"\n首次设置码 code for the first setup: {opening}")
        self._say(f"\n法治 fazhi  {address.url(host, port)}\n按 Ctrl-C 停止 Ctrl-C stops")

    def _say(self, what: str) -> None:
        self.stdout.write(what)
        self.stdout.flush()
