"""Says, before any setting is read, which operator the tests' own process serves and where its state lies."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("WELLKEPT_OPERATOR", "umr")
os.environ.setdefault("WELLKEPT_ROLE", "web")
# Each process of a run that is split over several has a cluster of its own.
if "WELLKEPT_STATE" not in os.environ or "PYTEST_XDIST_WORKER" in os.environ:
    folder = Path(tempfile.mkdtemp(prefix="wellkept-"))
    folder.chmod(0o711)
    os.environ["WELLKEPT_STATE"] = str(folder)
    os.environ["WELLKEPT_TEST_STATE_IS_OURS"] = str(folder)
