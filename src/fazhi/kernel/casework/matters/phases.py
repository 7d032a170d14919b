"""The five phases the kernel knows; states belong to a line."""

from django.db import models


class Phase(models.TextChoices):
    """How far a matter has come, in any line."""

    OPEN = "open", "办理中"
    WAITING = "waiting", "等待"
    DECIDED = "decided", "已办结"
    CLOSED = "closed", "已归档"
    VOID = "void", "已作废"


ALIVE = (Phase.OPEN, Phase.WAITING)
