-- An index by type cost every append a third index to write. Whoever wants few types reads the log in its order instead,
-- a page at a time: rebuilds, and taking a roster run back. Both are rare.
drop index es.events_by_type;
