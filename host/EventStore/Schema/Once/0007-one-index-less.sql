-- An index by type cost every append, and a first roster over a second in thirty. A rebuild that wants few types reads the
-- log instead: half a second for a million events, a page at a time.
drop index es.events_by_type;
