"""The addresses of the staff screens. Those of registers come last: whatever is not named before them is a line."""

from django.urls import URLPattern, URLResolver, path

from fazhi.web.views import (
    acting,
    amending,
    approving,
    clocks,
    files,
    lookups,
    opening,
    papers,
    records,
    registers,
    searching,
    signing,
    workbench,
)

_RECORD = "<slug:line>/<slug:register>/<int:record_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", workbench.workbench, name="workbench"),
    path("inbox/", workbench.inbox, name="inbox"),
    path("due/", workbench.near, name="due"),
    path("search/", searching.search, name="search"),
    path("enter/", signing.enter, name="enter"),
    path("leave/", signing.leave, name="leave"),
    path("language/", signing.language, name="language"),
    path("account/password/", signing.password, name="password"),
    path("lookup/<slug:line>/<slug:record>/<slug:column>/", lookups.names, name="lookup"),
    path("<slug:line>/", registers.line, name="line"),
    path("<slug:line>/<slug:register>/", registers.listing, name="register"),
    path("<slug:line>/<slug:register>/new/", opening.new, name="new"),
    path("<slug:line>/<slug:register>/views/", registers.views, name="views"),
    path(_RECORD, records.record, name="record"),
    path(f"{_RECORD}act/<slug:key>/", acting.act, name="act"),
    path(f"{_RECORD}approval/<int:request_id>/<slug:verb>/", approving.decide, name="approval"),
    path(f"{_RECORD}papers/<int:paper_id>.<slug:kind>", papers.file, name="paper"),
    path(f"{_RECORD}papers/<int:paper_id>/<slug:verb>/", papers.after, name="paper-after"),
    path(f"{_RECORD}files/add/", files.add, name="file-add"),
    path(f"{_RECORD}files/<int:file_id>/", files.content, name="file"),
    path(f"{_RECORD}files/<int:file_id>/remove/", files.remove, name="file-remove"),
    path(f"{_RECORD}correct/", amending.correct, name="correct"),
    path(f"{_RECORD}assign/", amending.assign, name="assign"),
    path(f"{_RECORD}void/", amending.void, name="void"),
    path(f"{_RECORD}clocks/<int:run_id>/", clocks.clock, name="clock"),
    path(f"{_RECORD}reveal/party/<int:party_id>/", amending.party, name="reveal-party"),
    path(f"{_RECORD}reveal/<slug:field>/", amending.secret, name="reveal"),
    path(f"{_RECORD}<slug:tab>/", records.record, name="tab"),
]
