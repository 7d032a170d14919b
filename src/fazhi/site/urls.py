"""The addresses of the site."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("fazhi.api.urls")),
    path("figures/", include("fazhi.web.views.figures.addresses")),
    path("report/", include("fazhi.lines.report.pages.addresses")),
    # Last: the staff screens take every address that is nobody else's.
    path("", include("fazhi.web.urls")),
]
handler400 = "fazhi.web.problems.bad_request"
handler403 = "fazhi.web.problems.forbidden"
handler404 = "fazhi.web.problems.not_found"
handler500 = "fazhi.web.problems.failed"
