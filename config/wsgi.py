"""Django's pages as a WSGI application, for servers that bring their own event stream."""

import os

from django.core.wsgi import get_wsgi_application

from config.patience import limit_web_waits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

limit_web_waits()
application = get_wsgi_application()
