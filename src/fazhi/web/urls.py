"""The addresses of the staff screens. Those of registers come last: whatever is not named before them is a line."""

from django.urls import URLPattern, URLResolver, path

from fazhi.web.views import signing

urlpatterns: list[URLPattern | URLResolver] = [
    path("enter/", signing.enter, name="enter"),
    path("leave/", signing.leave, name="leave"),
    path("language/", signing.language, name="language"),
    path("account/password/", signing.password, name="password"),
]
