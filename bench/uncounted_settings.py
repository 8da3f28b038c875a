"""The settings, without what counts visits."""

from wellkept.config.settings import *  # noqa: F403  (a settings module is made to be taken whole)
from wellkept.config.settings import MIDDLEWARE as WHOLE

MIDDLEWARE = [one for one in WHOLE if not one.endswith("Counting")]
