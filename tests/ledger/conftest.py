import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cluster import Cluster
from tests.ledger import house

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def merkle_data() -> Path:
    shared = Path(os.environ.get("WELLKEPT_SHARED", CHECKOUT.parent / "shared"))
    folder = shared / "data" / "merkle"
    if not folder.is_dir():
        pytest.skip(f"the published test vectors are not here: {folder}")
    return folder


@pytest.fixture(scope="session")
def eight_leaves(merkle_data: Path) -> Any:
    return json.loads((merkle_data / "rfc6962_8leaf.json").read_text())


@pytest.fixture(scope="session")
def template(cluster: Cluster) -> str:
    house.make_template(cluster)
    return house.TEMPLATE


@pytest.fixture
def ledger(cluster: Cluster, template: str, tmp_path: Path) -> house.Ledger:
    return house.Ledger(cluster, house.make(cluster, template), tmp_path / "ledger")
