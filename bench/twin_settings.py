"""The settings of the twin: the portal's own, but for the role it reads records as, and one more address."""

from wellkept.cli.cluster import state_folder
from wellkept.cli.cluster.places import Places, read_private
from wellkept.cli.cluster.reach import ADMINISTRATOR
from wellkept.config.settings import *  # noqa: F403  (a settings module is made to be taken whole)
from wellkept.config.settings import DATABASES

DATABASES["default"] |= {"USER": ADMINISTRATOR, "PASSWORD": read_private(Places(state_folder()).password)}
ROOT_URLCONF = "bench.twin"
