"""Housekeeping by the clock: jobs of dead workers taken up again, what is over cleared away, periods that ran out."""

from django.core.management import call_command
from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from fazhi.kernel.casework.matters import tallying
from fazhi.kernel.casework.procedure import expiring
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import session
from fazhi.site.supervision.worker import SILENCE_SECONDS
from fazhi.web import clock

QUEUE = "housekeeping"
# A job that has taken its worker down this often would do it again.
MOST_ATTEMPTS = 5
_KEPT_HOURS = 72


@app.periodic(cron="* * * * *")
@app.task(name="site.take_up_stalled", queue=QUEUE, queueing_lock="site.take_up_stalled", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    """Gives the jobs of workers that died in the middle of them to be done again, from the beginning.

    A job is therefore written so that doing it twice comes to the same as doing it once.
    """
    del timestamp
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE_SECONDS):
        if job.attempts < MOST_ATTEMPTS:
            await manager.retry_job(job)
        else:
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)


@app.periodic(cron="40 3 * * *")
@app.task(name="site.clear_away", queue=QUEUE, queueing_lock="site.clear_away")
def clear_away(timestamp: int) -> None:
    """Removes jobs done some days ago, and sessions that have run out. Failed jobs stay for somebody to look at."""
    del timestamp
    call_command("clearsessions")
    app.configure_task("builtin:procrastinate.builtin_tasks.remove_old_jobs", queue=QUEUE).defer(max_hours=_KEPT_HOURS)


@app.periodic(cron="*/10 * * * *")
@app.task(name="site.expire_periods", queue=QUEUE, queueing_lock="site.expire_periods")
def expire_periods(timestamp: int) -> None:
    """Lets statutory periods that have run out take their effect, with effect from the statutory day."""
    del timestamp
    for jurisdiction_id in Jurisdiction.objects.values_list("id", flat=True):
        expiring.expire(jurisdiction_id, at=clock.instant())
    connection.close()


@app.periodic(cron="20 * * * *")
@app.task(name="site.compact_tallies", queue=QUEUE, queueing_lock="site.compact_tallies")
def compact_tallies(timestamp: int) -> None:
    """Keeps exact totals cheap to read."""
    del timestamp
    for jurisdiction_id in Jurisdiction.objects.values_list("id", flat=True):
        with session(jurisdictions=[jurisdiction_id], act="site.compact_tallies"):
            tallying.compact(jurisdiction_id)
    connection.close()
