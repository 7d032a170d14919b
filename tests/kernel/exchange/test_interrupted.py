"""Killed in the middle: what was acknowledged stays, what was not is not there, and going on makes no double."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from fazhi.kernel.casework.matters.models import Matter, Step, Visibility
from fazhi.kernel.casework.parties.models import Party
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.records.exchange import importing, tasks, working
from fazhi.kernel.records.exchange.models import Import, ImportState, Origin, Progress, Writes
from fazhi.kernel.records.exchange.telling import Board
from fazhi.lines.mediation.models import Mediation
from tests.kernel.exchange import ledger
from tests.kernel.exchange.steps import asked, checked, uploaded
from tests.world import AT, World, build

pytestmark = pytest.mark.django_db(transaction=True)
CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture
def settled(transactional_db: None) -> World:
    """The district with its committees, committed."""
    world = build()
    with session(jurisdictions=[world.jurisdiction.id]):
        ledger.committee(world)
    return world


def waiting(world: World, count: int) -> Import:
    """An import of so many rows, asked to be written."""
    of = uploaded(world, ledger.workbook(ledger.rows(count)))
    with session(jurisdictions=[world.jurisdiction.id]):
        of, findings = checked(world, of)
        assert findings.faults == []
    return asked(world, of)


def killed(of: Import, files: str, *, one_go: int, chunk: int, at: int) -> None:
    """The work on an import, killed inside the transaction in which it had written ``at`` rows."""
    name = str(connections["default"].settings_dict["NAME"])
    command = [sys.executable, str(Path(__file__).with_name("worker.py")), name, files]
    command += [str(each) for each in (of.jurisdiction_id, of.pk, one_go, chunk, at)]
    environment = {**os.environ, "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "waiting\n"
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    process.stdout.close()


def counted(world: World) -> dict[str, int]:
    with session(jurisdictions=[world.jurisdiction.id]):
        return {
            model.__name__: model._default_manager.count()
            for model in (Mediation, Matter, Step, Visibility, Party, Origin)
        }


def whole(count: int) -> dict[str, int]:
    return {
        "Mediation": count, "Matter": count, "Step": count, "Visibility": 3 * count, "Party": 2 * count, "Origin": count,
    }  # fmt: skip


def test_in_one_go_nothing_is_there_after_a_kill_and_all_after_going_on(settled: World, settings: Any) -> None:
    of = waiting(settled, 120)
    killed(of, settings.MEDIA_ROOT, one_go=1000, chunk=50, at=100)
    assert counted(settled) == whole(0)
    done = working.work(of.jurisdiction_id, of.pk)
    assert (done.state, done.written) == (ImportState.DONE, 120)
    assert counted(settled) == whole(120)


def test_in_chunks_what_was_committed_stays_and_is_not_written_twice(settled: World, settings: Any) -> None:
    of = waiting(settled, 120)
    killed(of, settings.MEDIA_ROOT, one_go=10, chunk=25, at=75)
    assert counted(settled) == whole(50)
    with session(jurisdictions=[settled.jurisdiction.id]):
        half = Import.objects.get(pk=of.pk)
        assert (half.state, half.written, half.reached) == (ImportState.WRITING, 50, 53)
    done = working.work(of.jurisdiction_id, of.pk, one_go=10, chunk=25)
    assert (done.state, done.written) == (ImportState.DONE, 120)
    assert counted(settled) == whole(120)
    with session(jurisdictions=[settled.jurisdiction.id]):
        assert sorted(Origin.objects.values_list("row", flat=True)) == list(range(4, 124))
        assert Mediation.objects.values("number").distinct().count() == 120


def test_only_one_works_at_an_import(settled: World, settings: Any) -> None:
    of = waiting(settled, 30)
    name = str(connections["default"].settings_dict["NAME"])
    command = [sys.executable, str(Path(__file__).with_name("worker.py")), name, str(settings.MEDIA_ROOT)]
    command += [str(each) for each in (of.jurisdiction_id, of.pk, 1000, 10, 20)]
    environment = {**os.environ, "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "waiting\n"
        with pytest.raises(working.Busy):
            working.work(of.jurisdiction_id, of.pk)
        process.kill()
    assert counted(settled) == whole(0)


@pytest.mark.parametrize("one_go", [1000, 10])
def test_stopped_by_whoever_asked_for_it(settled: World, one_go: int) -> None:
    of = waiting(settled, 60)
    board = Board(of.jurisdiction_id, of.pk)

    try:
        with session(jurisdictions=[of.jurisdiction_id]):
            importing.ask_stop(of.pk, actor=settled.actor("east"))
        done = working.work(of.jurisdiction_id, of.pk, board, one_go=one_go, chunk=20)
    finally:
        board.close()
    assert (done.state, done.written) == (ImportState.STOPPED, 0)
    with session(jurisdictions=[settled.jurisdiction.id]):
        assert Mediation.objects.exclude(phase="void").count() == 0
        assert Progress.objects.count() == 0


def test_progress_is_told_while_the_transaction_is_open(settled: World) -> None:
    of = waiting(settled, 60)
    told: list[tuple[str, int, int]] = []
    board = Board(of.jurisdiction_id, of.pk)

    def tell(doing: str, done: int, total: int) -> None:
        board(f"{doing}{done}", done, total)
        with connections.create_connection("default").cursor() as cursor:
            cursor.execute("SELECT set_config('fazhi.jurisdictions', %s, false)", [f"{{{of.jurisdiction_id}}}"])
            cursor.execute("SELECT doing, done, total FROM exchange_progress WHERE of = %s", [of.pk])
            told.append(cursor.fetchone())
            cursor.execute("SELECT count(*) FROM mediation_mediation")
            assert cursor.fetchone()[0] == 0, "nothing is there before everything is"
            cursor.connection.close()

    try:
        working.work(of.jurisdiction_id, of.pk, tell, chunk=20)
    finally:
        board.close()
    assert told == [("写入20", 20, 60), ("写入40", 40, 60), ("写入60", 60, 60)]


def test_the_worker_does_it(settled: World) -> None:
    """A job of ids only, handed over with the transaction that asks for it, done by procrastinate's worker."""
    of = uploaded(settled, ledger.workbook(ledger.rows(5)))
    with session(jurisdictions=[settled.jurisdiction.id], actor=settled.actor("east").account_id, act="test", at=AT):
        importing.ask_check(of.pk, actor=settled.actor("east"), at=AT)
        tasks.begin(of)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args, lock FROM procrastinate_jobs")
        [(arguments, lock)] = cursor.fetchall()
    assert json.loads(arguments) == {"jurisdiction_id": of.jurisdiction_id, "import_id": of.pk}
    assert lock == f"exchange.{of.pk}"
    run_jobs()
    with session(jurisdictions=[settled.jurisdiction.id]):
        assert Import.objects.get(pk=of.pk).state == ImportState.CHECKED
        importing.ask_write(of.pk, Writes.ALL, actor=settled.actor("east"), at=AT)
        tasks.begin(of)
    run_jobs()
    assert counted(settled) == whole(5)


def run_jobs() -> None:
    """Let the worker do what waits, in a thread of its own: a browser test before this one leaves its loop running."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_worked).result()


def _worked() -> None:
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as working_app:
        working_app.run_worker(wait=False, queues=["exchange"], install_signal_handlers=False)
