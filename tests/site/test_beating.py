"""Whether the worker lives, as pages are told."""

import pytest
from django.db import connection
from django.http import HttpRequest

from fazhi.site.supervision import beating


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beating, "_remembered", (float("-inf"), True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seconds_ago", "beats"), [(None, False), (1, True), (29, True), (31, False)], ids=["never", "now", "just", "dead"]
)
def test_a_worker_lives_while_its_last_word_is_less_than_half_a_minute_old(
    seconds_ago: int | None, beats: bool
) -> None:
    if seconds_ago is not None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))",
                [seconds_ago],
            )
    assert beating.worker_beats() is beats


@pytest.mark.django_db
def test_pages_of_a_process_ask_once_in_some_seconds(django_assert_num_queries) -> None:
    told = beating.context(HttpRequest())["worker_beats"]
    with django_assert_num_queries(1):
        assert [told() for _ in range(5)] == [False] * 5
