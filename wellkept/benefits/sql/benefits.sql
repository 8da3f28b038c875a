select wellkept.lock_protect('wellkept.benefits_coverage', p_intake => 'select, insert, update');
select wellkept.lock_protect('wellkept.benefits_claim', p_intake => 'select, insert, update');
select wellkept.lock_protect('wellkept.benefits_filing', p_intake => 'select, insert, update');
select wellkept.lock_protect('wellkept.benefits_decision', p_intake => 'select, insert, update');
