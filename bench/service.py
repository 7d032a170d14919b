"""What sixteen people at once get from two web processes: a list, a case with its timeline, a case registered, over HTTP.

100,000 cases of eight streets; two people of each street, seeing only their own; server, database and load share the
machine. Budgets are requests a second and the ratio is budget over ours: up to 1 is ok. Nothing is cached but what
service caches, and the database writes as durably as in service.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from bench._scratch import scratch

CASES = 100_000
SECONDS = 6.0
PEOPLE = 16
PASSWORD = "测量所用的口令 16"  # noqa: S105 — of a database that is thrown away
_HOST = "127.0.0.1"
_WEB = "import django; django.setup(); from fazhi.site.supervision.web import run; run()"


def main() -> None:
    """Prints one line for each kind of request."""
    with scratch(durable=True):
        from bench import _mediation  # noqa: PLC0415 — needs Django set up

        _mediation.prepare()
        _mediation.fill(1, CASES)
        _mediation.index()
        cases = _people()
        with _server() as port:
            cookies = [_signed_in(port, f"person{number}") for number in range(PEOPLE)]
            for name, budget, addresses in (
                ("worklist_api", 150, ["/api/mediation/cases?phase=open&size=20"] * PEOPLE),
                ("worklist_page", 80, ["/mediation/cases/"] * PEOPLE),
                ("case_page", 100, [f"/mediation/cases/{cases[number // 2]}/timeline/" for number in range(PEOPLE)]),
            ):
                scripts = [[_get(address, cookie)] for address, cookie in zip(addresses, cookies, strict=True)]
                _line(name, budget, _driven(port, scripts))
            scripts = [[_post(number // 2, cookie)] for number, cookie in enumerate(cookies)]
            _line("registering", 230, _driven(port, scripts))


def _people() -> list[int]:
    """Make the people; gives one decided case of each street."""
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415 — needs Django set up
    from django.db import connections  # noqa: PLC0415 — as above

    from fazhi.kernel.ground.core.ids import take_ids  # noqa: PLC0415 — as above

    hashed = make_password(PASSWORD)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('fazhi.jurisdictions', '{1}', false)")
        for number in range(PEOPLE):
            account, grant = take_ids(2)
            cursor.execute(
                "INSERT INTO access_account (id, login, name, home_id, password, is_active, language, failed_logins,"
                " password_temporary) VALUES (%s, %s, %s, 1, %s, true, 'zh-hans', 0, false)",
                [account, f"person{number}", f"人员{number}", hashed],
            )
            cursor.execute(
                "INSERT INTO access_grant (id, jurisdiction_id, account_id, role, unit_id, line, valid_from)"
                " VALUES (%s, 1, %s, 'liaison', %s, '', %s)",
                [grant, account, 11 + number // 2, date(2018, 1, 1)],
            )
        cursor.execute(
            "SELECT DISTINCT ON (unit_id) id FROM mediation_mediation WHERE phase = 'decided' ORDER BY unit_id, id DESC"
        )
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def _server() -> Iterator[int]:
    """The web server as service runs it; gives its port."""
    from django.core.management import call_command  # noqa: PLC0415 — needs Django set up

    call_command("collectstatic", verbosity=0, interactive=False)
    with socket.socket() as free:
        free.bind((_HOST, 0))
        port: int = free.getsockname()[1]
    environment = {**os.environ, "FAZHI_PORT": str(port), "FAZHI_SUPERVISED": "1"}
    server = subprocess.Popen([sys.executable, "-c", _WEB], env=environment)
    try:
        _await(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _await(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            connection = HTTPConnection(_HOST, port, timeout=5)
            connection.request("GET", "/enter/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the web server did not answer")


def _signed_in(port: int, login: str) -> str:
    connection = HTTPConnection(_HOST, port, timeout=30)
    connection.request("GET", "/enter/")
    answer = connection.getresponse()
    page = answer.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    cookies = _cookies(answer.headers.get_all("Set-Cookie") or [])
    body = urlencode({"csrfmiddlewaretoken": token[1], "login": login, "password": PASSWORD})
    sent = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": _said(cookies)}
    connection.request("POST", "/enter/", body, sent)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 302:
        raise RuntimeError(f"{login} could not sign in: {answer.status}")
    return _said(cookies | _cookies(answer.headers.get_all("Set-Cookie") or []))


def _cookies(headers: list[str]) -> dict[str, str]:
    pairs = (header.partition(";")[0].partition("=") for header in headers)
    return {name.strip(): value for name, _, value in pairs}


def _said(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _get(address: str, cookie: str) -> str:
    return f"GET {address} HTTP/1.1\r\nHost: {_HOST}\r\nCookie: {cookie}\r\n\r\n"


def _post(street: int, cookie: str) -> str:
    """A case registered by a street's liaison, with two parties."""
    body = json.dumps(
        {
            "values": {"organisation": 101 + street, "kind": "neighbour", "summary": "因楼道堆放杂物发生争执"},
            "parties": [{"role": "applicant", "name": "甲某"}, {"role": "respondent", "name": "乙某"}],
            "unit": 11 + street,
        }
    )
    token = re.search(r"fazhi_csrf=([^;]+)", cookie)
    assert token is not None
    return (
        f"POST /api/mediation/cases HTTP/1.1\r\nHost: {_HOST}\r\nCookie: {cookie}\r\nX-CSRFToken: {token[1]}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body.encode())}\r\n\r\n{body}"
    )


def _driven(port: int, scripts: list[list[str]]) -> dict[str, float]:
    job = {"host": _HOST, "port": port, "seconds": SECONDS, "scripts": scripts}
    load = Path(__file__).with_name("_load.py")
    done = subprocess.run([sys.executable, load], input=json.dumps(job), capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _line(name: str, budget: int, found: dict[str, float]) -> None:
    rate = found["rate"]
    verdict = "ok" if rate >= budget and not found["failed"] else "over"
    said = f" ({found['failed']} failed)" if found["failed"] else ""
    sys.stdout.write(
        f"service.{name} {rate:.0f}/s {budget}/s {budget / rate:.2f} 1.00 {verdict}{said}"
        f" median {found['median']:.0f}ms p99 {found['p99']:.0f}ms\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
