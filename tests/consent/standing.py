"""A paper that stands, put there as two of us would have it."""

import json
from uuid import UUID, uuid4

import psycopg

from tests.web.member.world import World


def stands(
    admin: psycopg.Connection, world: World, who: str, reader: str, kind: str, *opens: str, adult: bool = False
) -> UUID:
    """Somebody stands for somebody by a paper of that kind, for a month."""
    made, person = uuid4(), world.people[who]
    row = admin.execute(
        "insert into consent_appointment (id, person_id, category, collected_under, restricted, kind, holder, name,"
        " opens, state, since, expires, asked_by, asked_at, decided_by, decided_at, paper, seen_on, adult)"
        " select %s, %s, 'requests', '', false, %s, a.holder, 'x', %s::jsonb, 'stands', now() - interval '1 s',"
        " now() + interval '30 days', gen_random_uuid(), now(), gen_random_uuid(), now(), 'court', current_date, %s"
        " from accounts_account a where a.id = %s returning holder",
        [made, person, kind, json.dumps(opens), adult, world.accounts[reader]],
    ).fetchone()
    assert row
    admin.execute("insert into consent_actsfor (holder, person_id, id) values (%s, %s, %s)", [row[0], person, made])
    return made
