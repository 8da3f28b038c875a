-- What each message is. A letter or a piece of news of a kind the operator does not allow is refused, whoever writes it.
create table wellkept.notices_content (
  way text not null check (way in ('letter', 'mail', 'news')),
  kind text not null,
  content text not null check (content in ('service', 'publication', 'programme', 'offer')),
  primary key (way, kind)
);
comment on table wellkept.notices_content is 'public: which messages this operator sends, and what each is.';
comment on column wellkept.notices_content.way is 'public: how it travels.';
comment on column wellkept.notices_content.kind is 'public: what it is called.';
comment on column wellkept.notices_content.content is 'public: what it serves: a service, a publication, a programme or an offer.';
grant select on wellkept.notices_content to {gate}, {web}, {jobs}, {proof};

create function wellkept.notices_declared() returns trigger
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  if not exists (select 1 from wellkept.notices_content c where c.way = tg_argv[0] and c.kind = new.kind) then
    raise check_violation using message = 'this operator sends no message of that kind';
  end if;
  return new;
end $$;
revoke execute on function wellkept.notices_declared from public;
create trigger notices_letter_declared before insert or update of kind on wellkept.notices_letter
  for each row execute function wellkept.notices_declared('letter');
create trigger notices_news_declared before insert or update of kind on wellkept.notices_news
  for each row execute function wellkept.notices_declared('news');

-- Ownership last: afterwards it is no longer the owner's to grant.
alter function wellkept.notices_declared owner to {gate};
