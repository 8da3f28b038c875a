"""The vault as a page reaches it: over Django's own pooled connection to the keys, as the web role."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections

from tests.cluster import Cluster
from wellkept.vault import actions, blind, queries

pytestmark = pytest.mark.database


@pytest.fixture
def page(house: Cluster, django: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process whose state folder is that of the migrated house, which made the key-encryption key."""
    del django
    monkeypatch.setattr(settings, "WELLKEPT_STATE", house.state)


@pytest.mark.usefixtures("page")
def test_a_page_seals_and_opens() -> None:
    subject, row = uuid4(), uuid4()
    with queries.Ring() as ring:
        sealed = ring.seal(subject=subject, retention="messages", field="message.body", row=row, text="Good day")
    with queries.Ring() as ring:
        opened = ring.unseal(subject=subject, retention="messages", field="message.body", row=row, sealed=sealed)
    assert opened == "Good day"
    assert set(queries.data_keys([subject])) == {(subject, "messages")}
    assert set(actions.make_keys([subject])) == {(subject, held) for held in queries.EVERY}


@pytest.mark.usefixtures("page")
def test_a_page_computes_an_index() -> None:
    key = queries.operator_key("index")
    assert len(blind.exact(key=key, name="person.family_name", value="O'Neil")) == 16


@pytest.mark.usefixtures("page")
def test_nothing_of_the_vault_lies_among_the_records() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("select count(*) from pg_class where relname like 'vault%'")
        assert cursor.fetchone() == (0,)
