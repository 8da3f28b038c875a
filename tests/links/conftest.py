"""Officers of this run, over the connection of pages."""

from collections.abc import Iterator

import pytest

from tests.cluster import Cluster
from tests.links.officers import Officers, at_work


@pytest.fixture(scope="module")
def officers(house: Cluster) -> Iterator[Officers]:
    """Officers of UMR; what they proposed goes with them, so that no other test walks over a link of theirs."""
    with at_work(house) as found:
        yield found
