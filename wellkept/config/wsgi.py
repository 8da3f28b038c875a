"""What a web server calls. With a promise that nothing keeps, or other rules than its database, it does not start.

Serves B-08.
"""

import os
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection

from wellkept.access.compile import differences
from wellkept.accounts import lapsing
from wellkept.policy import check, contents, packs
from wellkept.policy.shapes import PackError
from wellkept.statistics import adding

NEVER = 3  # what gunicorn takes for a worker that will not start, however often


def hindrances() -> list[str]:
    """Every reason not to serve, as a sentence. A database that does not answer is none: its pages say so."""
    pack = packs.named(settings.WELLKEPT_OPERATOR)
    if found := check.problems(pack):
        return found
    try:
        connection.ensure_connection()
        raw = connection.connection
        return differences(raw, pack) + contents.differences(raw, pack) + lapsing.differences(raw, pack)
    except OperationalError:
        return []
    finally:
        connection.close()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellkept.config.settings")
try:
    application = get_wsgi_application()
    sentences = hindrances()
except PackError as fault:
    sentences = [str(fault)]
if sentences:
    sys.stderr.write("\n".join(sentences) + "\n")
    sys.exit(NEVER)
adding.begin()
