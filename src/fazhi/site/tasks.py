"""Housekeeping by the clock: jobs of dead workers taken up again, what is over cleared away."""

from django.core.management import call_command
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from fazhi.site.supervision.worker import SILENCE_SECONDS

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
