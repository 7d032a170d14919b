"""The addresses of the API."""

from django.urls import URLPattern, URLResolver, path

from fazhi.api.guard import endpoint
from fazhi.api.views import described, figures, records, registers, tokens, writing

_RECORD = "<slug:line>/<slug:register>/<int:record_id>"

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", endpoint(get=described.openapi), name="openapi"),
    path("registers", endpoint(get=registers.catalogue), name="registers"),
    path("figures", endpoint(get=figures.figures), name="figures"),
    path("tokens", endpoint(get=tokens.listing, post=tokens.issue), name="tokens"),
    path("tokens/<int:token_id>/revoke", endpoint(post=tokens.revoke), name="token-revoke"),
    path("<slug:line>/<slug:register>", endpoint(get=registers.listing, post=writing.open_record), name="register"),
    path(_RECORD, endpoint(get=records.record), name="record"),
    path(f"{_RECORD}/correct", endpoint(post=writing.correct), name="correct"),
    path(f"{_RECORD}/assign", endpoint(post=writing.assign), name="assign"),
    path(f"{_RECORD}/void", endpoint(post=writing.void), name="void"),
    path(f"{_RECORD}/<slug:act>", endpoint(post=writing.do_act), name="act"),
]
