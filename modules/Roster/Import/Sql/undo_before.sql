-- The events that say how the records of a run were before it: the one before, as a run says one thing of a record.
select id, version - 1 from {changes} where change <> 'withdrawn'
