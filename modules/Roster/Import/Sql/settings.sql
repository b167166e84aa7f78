set search_path = {schema}, public;
-- Enough to compare half a million records in memory.
set work_mem = '64MB';
set hash_mem_multiplier = 2;
set maintenance_work_mem = '128MB';
set jit = off;
-- The run's own look at its tables need not be close; the server takes a close one by itself soon after.
set default_statistics_target = 10;
-- The server finds out within seconds that a killed run is gone, also in the middle of a long statement.
set client_connection_check_interval = '2s';
set lock_timeout = '30s'
