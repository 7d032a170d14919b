"""One process under supervision: started, started again when it ends by itself, stopped with all its descendants."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

_SHORTEST_WAIT = 0.5
_LONGEST_WAIT = 30.0
# One that has lived this long is healthy: what ends it now has nothing to do with what ended it before.
_HEALTHY_SECONDS = 60.0


class Child:
    """A process that shall run for as long as its supervisor does.

    It leads a group of its own, so that Ctrl-C in the terminal reaches the supervisor alone, and so that whatever it has
    started can be found when it is gone.
    """

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], say: Callable[[str], None]
    ) -> None:
        self.name = name
        self._command = list(command)
        self._environment = dict(environment)
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._due_at = 0.0
        self._wait = _SHORTEST_WAIT

    @property
    def pid(self) -> int | None:
        """The number of the process that runs now, if any."""
        return self._process.pid if self._process is not None else None

    def tend(self) -> None:
        """Starts the process when it is due, and takes notice of its end; never waits. To be called again and again."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._due_at:
                self._started_at = now
                self._process = subprocess.Popen(
                    self._command, env=self._environment, stdin=subprocess.DEVNULL, start_new_session=True
                )
        elif _has_ended(self._process.pid):
            self._take_leave(self._process, now)

    def stop(self, seconds: float) -> None:
        """Asks the process to end, and after `seconds` ends it and whatever it left behind."""
        if self._process is None:
            return
        self._process.terminate()
        until = time.monotonic() + seconds
        while not _has_ended(self._process.pid) and time.monotonic() < until:
            time.sleep(0.05)
        _kill_group(self._process.pid)
        self._process.wait()
        self._process = None

    def _take_leave(self, process: "subprocess.Popen[bytes]", now: float) -> None:
        # Before the process is reaped, while its number cannot belong to anybody else.
        _kill_group(process.pid)
        code = process.wait()
        self._process = None
        lived = now - self._started_at
        self._wait = _SHORTEST_WAIT if lived > _HEALTHY_SECONDS else min(self._wait * 2, _LONGEST_WAIT)
        self._due_at = now + self._wait
        how = f"信号 signal {-code}" if code < 0 else f"代码 code {code}"
        self._say(
            f"{self.name} 意外结束（{how}），{self._wait:.0f} 秒后重启 ended and starts again in {self._wait:.0f} s"
        )


def _has_ended(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        # Nobody is left; macOS says of a group of one dead process that it may not be touched.
        return
