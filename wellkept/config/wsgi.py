"""What a web server calls. With a promise that nothing keeps, or other rules than its database, it does not start.

Serves B-08.
"""

import os
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection

from wellkept.access.compile import differences
from wellkept.policy import check, packs

NEVER = 3  # what gunicorn takes for a worker that will not start, however often


def hindrances() -> list[str]:
    """Every reason not to serve, as a sentence. A database that does not answer is none: its pages say so."""
    pack = packs.named(settings.WELLKEPT_OPERATOR)
    found = check.problems(pack)
    try:
        connection.ensure_connection()
        return found + differences(connection.connection, pack)
    except OperationalError:
        return found
    finally:
        connection.close()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellkept.config.settings")
application = get_wsgi_application()
if sentences := hindrances():
    sys.stderr.write("\n".join(sentences) + "\n")
    sys.exit(NEVER)
