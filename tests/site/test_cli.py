"""The command line: our verbs, in two languages, and the database up while a command needs it."""

import os
import subprocess
import tomllib
from pathlib import Path

import pytest

from fazhi.site.cli import verbs, version
from fazhi.site.postgres import Cluster

CHECKOUT = Path(__file__).resolve().parents[2]
_NAMED = os.environ.get("FAZHI_POSTGRES_BIN")


def fazhi(home: Path, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FAZHI_DATABASE", "DJANGO_"))}
    return subprocess.run(
        [str(CHECKOUT / "fazhi"), *arguments],
        env={**kept, "FAZHI_HOME": str(home), **settings},
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )


def test_the_overview_lists_our_verbs_and_not_all_of_djangos(tmp_path: Path) -> None:
    shown = fazhi(tmp_path / "home", "help").stdout
    listed = {line.split()[0] for line in shown.splitlines() if line.startswith("  ") and line[2:3].isascii()}
    assert {"setup", *verbs()} <= listed
    assert "backup" in listed
    assert "sqlsequencereset" not in shown
    assert shown == fazhi(tmp_path / "home", "--help").stdout
    assert not (tmp_path / "home" / "postgres").exists(), "help needs no database"


def test_the_version_is_ours() -> None:
    said = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert version() == said


def test_a_setting_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    done = fazhi(tmp_path, "check", FAZHI_PORT="many")
    assert done.returncode == 1
    assert done.stderr.strip() == "fazhi: FAZHI_PORT='many': write a whole number"


def test_one_external_address_without_the_other_is_refused(tmp_path: Path) -> None:
    done = fazhi(tmp_path, "check", FAZHI_DATABASE_URL="postgresql://a:b@localhost/c", FAZHI_OWNER_DATABASE_URL="")
    assert done.returncode == 1
    assert "or neither" in done.stderr


@pytest.mark.database
@pytest.mark.skipif("FAZHI_DATABASE_URL" in os.environ, reason="starts a server of its own")
def test_the_database_is_up_for_a_command_and_down_again_when_it_fails(tmp_path: Path) -> None:
    home = tmp_path / "home"
    cluster = Cluster(home, folder=Path(_NAMED) if _NAMED else None)
    try:
        done = fazhi(home, "migrate", "no-such-package")
        assert done.returncode == 1
        assert "no-such-package" in done.stderr
        assert cluster.major() is not None
        assert not cluster.is_ready()
        with cluster.lease():
            assert fazhi(home, "shell", "-c", "print(1)").stdout.endswith("1\n")
            assert cluster.is_ready(), "somebody else still needs it"
    finally:
        cluster.destroy()


def test_without_an_environment_it_says_how_to_get_one(tmp_path: Path) -> None:
    script = tmp_path / "fazhi"
    script.write_bytes((CHECKOUT / "fazhi").read_bytes())
    script.chmod(0o755)
    done = subprocess.run([str(script), "help"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "./run" in done.stderr
