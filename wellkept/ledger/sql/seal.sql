-- The seal: leaves, tiles and signed heads of the hash tree over the entries. {seal} alone writes them, and only adds:
-- it can change nothing but the last tiles, which grow. No table here names a person.

create table wellkept.ledger_epoch (
  number int primary key check (number > 0),
  began timestamptz not null default clock_timestamp(),
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  after_entry bigint not null,
  lost bigint not null check (lost >= 0),
  reason text not null,
  vkey text not null
);
comment on table wellkept.ledger_epoch is 'public: each time the tree began, or began anew after a restore.';
comment on column wellkept.ledger_epoch.number is 'public: the number of the epoch, from 1.';
comment on column wellkept.ledger_epoch.began is 'public: when it began.';
comment on column wellkept.ledger_epoch.reason is 'public: why it began.';
comment on column wellkept.ledger_epoch.size is 'public: how many leaves it shares with the epoch before.';
comment on column wellkept.ledger_epoch.root is 'public: the root of those leaves.';
comment on column wellkept.ledger_epoch.after_entry is 'housekeeping: the last entry id that was there when it began; a restored server counts transactions anew.';
comment on column wellkept.ledger_epoch.lost is 'public: how many sealed entries the restore did not bring back.';
comment on column wellkept.ledger_epoch.vkey is 'public: the key that signs in this epoch.';

create table wellkept.ledger_leaf (
  idx bigint primary key check (idx >= 0),
  entry bigint not null unique,
  at timestamptz not null,
  xact xid8 not null,
  commitment bytea not null check (octet_length(commitment) = 32)
);
comment on table wellkept.ledger_leaf is 'housekeeping: one leaf for each sealed entry, in the order of sealing; never changed.';
comment on column wellkept.ledger_leaf.idx is 'housekeeping: the place of the leaf in the tree, from 0.';
comment on column wellkept.ledger_leaf.entry is 'housekeeping: the entry that it seals.';
comment on column wellkept.ledger_leaf.at is 'housekeeping: when that entry was written.';
comment on column wellkept.ledger_leaf.xact is 'housekeeping: the transaction that wrote that entry.';
comment on column wellkept.ledger_leaf.commitment is 'public: salted hash of the entry; without the salt it says nothing.';

create table wellkept.ledger_tile (
  level smallint not null check (level between 0 and 63),
  idx bigint not null check (idx >= 0),
  hashes bytea not null check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0),
  primary key (level, idx)
);
alter table wellkept.ledger_tile alter column hashes set storage external;
comment on table wellkept.ledger_tile is 'public: the tree in tiles of 256 hashes (C2SP tlog-tiles).';
comment on column wellkept.ledger_tile.level is 'public: how far above the leaves the tile lies.';
comment on column wellkept.ledger_tile.idx is 'public: the place of the tile in its level, from 0.';
comment on column wellkept.ledger_tile.hashes is 'public: up to 256 hashes, one after the other.';

create table wellkept.ledger_checkpoint (
  epoch int not null references wellkept.ledger_epoch,
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  note text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (epoch, size)
);
comment on table wellkept.ledger_checkpoint is 'public: every signed head of the tree (C2SP tlog-checkpoint).';
comment on column wellkept.ledger_checkpoint.epoch is 'public: the epoch it belongs to.';
comment on column wellkept.ledger_checkpoint.size is 'public: how many leaves it covers.';
comment on column wellkept.ledger_checkpoint.root is 'public: the root of those leaves.';
comment on column wellkept.ledger_checkpoint.note is 'public: the signed text.';
comment on column wellkept.ledger_checkpoint.at is 'public: when it was signed.';

-- An entry whose content is gone is lawful only when a later entry of kind removed names its leaf: that entry's reason
-- bears the number of leaves and the hash of their list, and its own leaf seals both.
create table wellkept.ledger_erasure (
  leaf bigint primary key references wellkept.ledger_leaf,
  removed_by bigint not null
);
create index ledger_erasure_removal on wellkept.ledger_erasure (removed_by);
comment on table wellkept.ledger_erasure is 'housekeeping: which removal took the content of which leaf''s entry.';
comment on column wellkept.ledger_erasure.leaf is 'housekeeping: the leaf whose entry lost its content.';
comment on column wellkept.ledger_erasure.removed_by is 'housekeeping: the entry that tells of the removal.';

grant select, insert on wellkept.ledger_epoch, wellkept.ledger_leaf, wellkept.ledger_tile, wellkept.ledger_checkpoint to {seal};
grant update (hashes) on wellkept.ledger_tile to {seal};
grant select on wellkept.ledger_erasure to {seal};
-- A receipt is made from these by whoever holds the entry itself.
grant select on wellkept.ledger_epoch, wellkept.ledger_tile, wellkept.ledger_checkpoint to {web};
grant select (idx, entry) on wellkept.ledger_leaf to {web};
grant select (idx, entry) on wellkept.ledger_leaf to {gate};
grant insert on wellkept.ledger_erasure to {gate};
grant update (occasion, account, actor, subjects, reason, salt) on wellkept.ledger_entry to {gate};
grant delete on wellkept.ledger_also to {gate};

-- Take the content of entries away: who is named, who acted, on which occasion, why refused, and the salt. What stays says
-- that something of that kind happened then. All must be sealed, and none erased before. Returns the removal's entry.
create function wellkept.ledger_erase(
  p_entries bigint[], p_occasion uuid, p_account uuid, p_role text, p_actor text, p_subjects uuid[], p_clause text
) returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_leaves bigint[];
  v_removal bigint;
begin
  select array_agg(l.idx order by l.idx) into v_leaves from wellkept.ledger_leaf l where l.entry = any (p_entries);
  if v_leaves is null or cardinality(v_leaves) <> (select count(distinct x) from unnest(p_entries) x) then
    raise check_violation using message = 'only sealed entries can be erased';
  end if;
  v_removal := wellkept.ledger_write('removed', p_occasion, p_account, p_role, p_actor, p_subjects, null, '{}', false,
    format('erased %s: sha256 %s', cardinality(v_leaves), encode(sha256(convert_to(array_to_string(v_leaves, ','), 'UTF8')), 'hex')), p_clause);
  insert into wellkept.ledger_erasure (leaf, removed_by) select x, v_removal from unnest(v_leaves) x;
  update wellkept.ledger_entry e set occasion = null, account = null, actor = null, subjects = '{}', reason = null, salt = ''
   where e.id = any (p_entries);
  delete from wellkept.ledger_also a where a.entry = any (p_entries);
  return v_removal;
end $$;
comment on function wellkept.ledger_erase is 'housekeeping: erase entries under a removal that names them.';

-- Ownership last: afterwards it is no longer the owner's to grant. Only another function of {gate} may call it.
revoke execute on function wellkept.ledger_erase from public;
grant execute on function wellkept.ledger_erase to {gate};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.ledger_erase owner to {gate};
