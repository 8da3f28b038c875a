-- Removal (U-33, B-04): what a destroyed key leaves behind in the records. The rows go whose words it sealed, and beside them whatever
-- finds, names or counts the subject. {migrate} alone runs it, as itself and under no policy, for each line of the removal journal after a
-- restore; twice changes nothing. What stays:
--  - the ledger: that somebody opened a record outlasts it; ledger_erase blanks the person, where a removal names the entries;
--  - an inquiry by fraud or legal staff, until its last day (45 CFR 164.528(a)(2) and 164.512);
--  - that an opening stood out, without saying whose record it was.
create function wellkept.removal_replay(p_subject uuid, p_retention text) returns void
language plpgsql set search_path = wellkept, pg_temp as $$
declare
  v_accounts uuid[];
  v_table text;
begin
  if p_subject is null or p_retention is null or p_retention not in ('benefits', 'contact', 'wellness', 'messages', 'inquiry') then
    raise check_violation using message = 'a removal names a subject and a class of keys';
  end if;
  if p_retention = 'inquiry' then
    delete from wellkept.inquiries_inquiry x where x.id = p_subject;
    delete from wellkept.accounts_registration x where x.id = p_subject;
  elsif p_retention = 'contact' then
    foreach v_table in array array['people_contact', 'people_confidential', 'people_death', 'notices_address', 'notices_formeraddress',
      'notices_choice', 'notices_informed', 'notices_leavelink', 'notices_mailed', 'notices_posted', 'notices_published',
      'notices_reference', 'notices_still', 'notices_subscription'] loop
      execute format('delete from wellkept.%I x where x.person_id = $1', v_table) using p_subject;
    end loop;
    update wellkept.access_near x set address = null, street = null where x.person_id = p_subject;
  elsif p_retention = 'benefits' then
    v_accounts := array(select a.id from wellkept.accounts_account a where a.role = 'member' and p_subject in (a.person_id, a.holder));
    foreach v_table in array array['accounts_alarm', 'accounts_authenticator', 'accounts_challenge', 'accounts_ending', 'accounts_event',
      'accounts_half', 'accounts_mailedcode', 'accounts_met', 'accounts_openid', 'accounts_passkey', 'accounts_recovery',
      'accounts_recoverycode', 'accounts_recoverylink', 'accounts_session', 'accounts_typed', 'consent_acknowledgement'] loop
      execute format('delete from wellkept.%I x where x.account_id = any ($1)', v_table) using v_accounts;
    end loop;
    foreach v_table in array array['access_alarm', 'access_spent', 'access_spent_count', 'access_usual'] loop
      execute format('delete from wellkept.%I x where x.account = any ($1)', v_table) using v_accounts;
    end loop;
    delete from wellkept.accounts_account x where x.id = any (v_accounts);
    delete from wellkept.accounts_registration x where x.meant = p_subject;
    delete from wellkept.accounts_accesscode x where p_subject in (x.person_id, x.holder, x.place);
    delete from wellkept.accounts_accesscode x using wellkept.consent_appointment a where a.person_id = p_subject and a.id = x.place;
    delete from wellkept.access_spent x where x.subject = p_subject;
    delete from wellkept.disclosures_task x where x.subject = p_subject;
    delete from wellkept.access_inquiry x where x.subject = p_subject and (x.outcome is distinct from 'granted' or x.until < current_date);
    update wellkept.access_alarm x set subject = null, occasion = null, same = x.id::text where x.subject = p_subject;

    -- What others said of the subject stays theirs, and names nobody any more; nobody acts by it.
    delete from wellkept.consent_authority x using wellkept.consent_appointment a where a.person_id = p_subject and a.id = x.id;
    delete from wellkept.consent_actsfor x where x.holder = p_subject;
    delete from wellkept.consent_recipient x where x.to_person = p_subject;
    update wellkept.consent_authorization x set to_person = gen_random_uuid(), revoked = coalesce(x.revoked, now()) where x.to_person = p_subject;
    update wellkept.consent_appointment x
       set holder = gen_random_uuid(), ended_at = case when x.state = 'stands' then now() else x.ended_at end,
           ended_by = case when x.state = 'stands' then 'helper' else x.ended_by end,
           state = case when x.state = 'stands' then 'ended' else x.state end
     where x.holder = p_subject;
    delete from wellkept.people_pair x where p_subject in (x.one, x.other);
    delete from wellkept.people_join x where p_subject in (x.one, x.other);
    delete from wellkept.people_split_part x using wellkept.people_split s where s.id = x.split and p_subject in (s.one, s.other);
    delete from wellkept.people_split x where p_subject in (x.one, x.other);

    foreach v_table in array array['access_near', 'benefits_balance', 'benefits_claim', 'benefits_coverage', 'benefits_decision',
      'benefits_filing', 'benefits_told', 'consent_actsfor', 'consent_appointment', 'consent_authorization', 'consent_recipient',
      'consent_restriction', 'disclosures_release', 'files_part', 'files_attachment', 'intake_covered', 'intake_late', 'intake_premium',
      'notices_letter', 'notices_news', 'organisations_paperpart', 'organisations_paper', 'people_finder', 'people_household',
      'people_identity', 'people_number', 'people_person', 'rights_letter', 'rights_request', 'service_call', 'service_case',
      'service_casestep', 'service_note', 'service_number', 'service_thread'] loop
      execute format('delete from wellkept.%I x where x.person_id = $1', v_table) using p_subject;
    end loop;
  end if;
end $$;
revoke execute on function wellkept.removal_replay from public;
grant execute on function wellkept.removal_replay to {migrate};
