"""The addresses of this line's own screens; everything else of its registers is where it is for every line."""

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from fazhi.lines.report.pages import beginning, owed, reading, writing
from fazhi.web.views import registers

_REPORT = "reports/<int:record_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", registers.listing, {"line": "report", "register": "reports"}, name="reports"),
    path("reports/new/", beginning.new, name="report-new"),
    path(_REPORT, reading.report, name="report-text"),
    # The text is edited where it stands, not in the form of an act.
    path(f"{_REPORT}act/edit/", RedirectView.as_view(pattern_name="report-text")),
    path(f"{_REPORT}files/<str:name>", reading.file, name="report-file"),
    path(f"{_REPORT}blocks/<int:block_id>/", writing.block, name="report-block"),
    path(f"{_REPORT}blocks/<int:block_id>/after/", writing.after, name="report-block-after"),
    path(f"{_REPORT}blocks/<int:block_id>/remove/", writing.remove, name="report-block-remove"),
    path("owed/", owed.owed, name="reported-owed"),
    path("owed/<str:key>/", owed.give, name="reported-give"),
]
