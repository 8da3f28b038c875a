-- Functions of the gate copy the days of coverage into the order of their plans, for full files to be compared with.
select wellkept.lock_protect('wellkept.benefits_coverage', p_intake => 'select, insert, update', p_gate => 'select');
select wellkept.lock_protect('wellkept.benefits_claim', p_intake => 'select, insert, update');
select wellkept.lock_protect('wellkept.benefits_filing', p_intake => 'select, insert, update');
select wellkept.lock_protect('wellkept.benefits_decision', p_intake => 'select, insert, update');
