"""Fills a home with a small district: `python -m tests.site.served.filling CODE`. Part of its audit is sealed, part not."""

import sys
from pathlib import Path

import django


def fill(code: str) -> None:
    """Makes a district with people, cases, files and a job waiting."""
    # Only after Django is set up may models be imported.
    from django.conf import settings  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415
    from procrastinate.contrib.django import app  # noqa: PLC0415

    from fazhi.kernel.ground.audit import chain  # noqa: PLC0415
    from tests.lines.mediation.factories import opened  # noqa: PLC0415
    from tests.world import build  # noqa: PLC0415

    with transaction.atomic():
        world = build(code, prefix=code)
    chain.seal()
    for _ in range(3):
        with transaction.atomic():
            world.enter()
            opened(world)
    folder = Path(settings.MEDIA_ROOT) / code / "卷宗 一"
    folder.mkdir(parents=True)
    (folder / "申请书.txt").write_text(f"{code} 申请书", encoding="utf-8")
    (folder / "empty").touch()
    app.configure_task("site.clear_away", queueing_lock=code).defer(timestamp=0)


if __name__ == "__main__":
    django.setup()
    fill(sys.argv[1])
