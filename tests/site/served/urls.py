"""Pages for a test that watches a site from outside."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from fazhi.kernel.ground.audit import chain
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.site.supervision.beating import worker_beats


@csrf_exempt
def write(request: HttpRequest, code: str) -> HttpResponse:
    Jurisdiction.objects.create(code=code, name=code, short_name=code)
    return HttpResponse("written", status=201)


def written(request: HttpRequest) -> HttpResponse:
    return HttpResponse("\n".join(Jurisdiction.objects.order_by("code").values_list("code", flat=True)))


def worker(request: HttpRequest) -> HttpResponse:
    return HttpResponse("beats" if worker_beats() else "silent")


def unsealed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(chain.lag().waiting))


urlpatterns = [
    path("write/<str:code>", write),
    path("written", written),
    path("worker", worker),
    path("unsealed", unsealed),
]
