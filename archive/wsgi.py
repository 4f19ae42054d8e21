"""The entry point of the production server."""

import os

from django.core.wsgi import get_wsgi_application

from archive.tether import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

# A worker whose server was killed would live on and hold the port.
end_with_parent()
application = get_wsgi_application()
