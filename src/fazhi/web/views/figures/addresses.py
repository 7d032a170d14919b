"""The addresses of the figure screens."""

from django.urls import URLPattern, URLResolver, path

from fazhi.web.views.figures import catalogue, lists, one

urlpatterns: list[URLPattern | URLResolver] = [
    path("", lists.figures, name="figures"),
    path("catalogue/", catalogue.catalogue, name="figures-catalogue"),
    path("figures.<slug:kind>", lists.file, name="figures-file"),
    path("<str:key>/", one.figure, name="figure"),
]
