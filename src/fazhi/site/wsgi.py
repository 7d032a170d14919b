"""The entry of the web server."""

import os

from django.core.wsgi import get_wsgi_application

from fazhi.site.supervision import orphans

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazhi.site.settings.base")
application = get_wsgi_application()

if orphans.supervised():
    # The server's own watch over its processes ends with it: those left would go on listening beside its successor.
    orphans.end_with(os.getppid())
