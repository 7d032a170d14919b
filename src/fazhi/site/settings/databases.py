"""Turns a cluster or two addresses into Django's settings: `default` for the app role, `owner` for the owner."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from fazhi.site.postgres import APP, DATABASE, OWNER, Cluster
from fazhi.site.settings.environment import SettingRefused

# While the database is down a request should fail soon rather than hold the process's only thread.
_POOL_SECONDS = 3.0
_CONNECT_SECONDS = 5


def databases(cluster: Cluster, *, app_url: str, owner_url: str, connections: int) -> dict[str, dict[str, Any]]:
    """Returns `DATABASES`. Raises `SettingRefused` when only one of two external addresses is given."""
    if bool(app_url) != bool(owner_url):
        raise SettingRefused("give both FAZHI_DATABASE_URL and FAZHI_OWNER_DATABASE_URL, or neither")
    if app_url:
        default, owner = _external(app_url), _external(owner_url)
    else:
        default, owner = _embedded(cluster, APP), _embedded(cluster, OWNER)
    default["OPTIONS"]["pool"] = {"min_size": 1, "max_size": connections, "timeout": _POOL_SECONDS}
    return {"default": default, "owner": owner}


def _embedded(cluster: Cluster, role: str) -> dict[str, Any]:
    return {
        **_common(),
        "NAME": DATABASE,
        "USER": role,
        "HOST": str(cluster.socket_folder),
        "OPTIONS": {"passfile": str(cluster.passfile), "connect_timeout": _CONNECT_SECONDS},
    }


def _external(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise SettingRefused("a database address reads postgresql://role:password@host:port/database")
    return {
        **_common(),
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": _CONNECT_SECONDS, **dict(parse_qsl(parts.query))},
    }


def _common() -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.postgresql", "CONN_HEALTH_CHECKS": True}
