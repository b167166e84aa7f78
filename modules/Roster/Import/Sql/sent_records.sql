-- The records that events are made of, as they were sent.
select s.id, s.change, {staged_facts} from {sent} s
