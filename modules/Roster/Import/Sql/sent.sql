-- What was sent and is to be stored, and why: the other half of the changes is what has ended.
create or replace view {sent} as
select s.*, c.change from {changes} c join {staged} s using (id) where c.change <> 'ended'
