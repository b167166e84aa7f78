-- Of a kind of which nothing is stored yet, everything that was sent is new: there is nothing to compare.
create or replace view {sent} as
select s.*, 'added' as change from {staged} s where not s.deleted
