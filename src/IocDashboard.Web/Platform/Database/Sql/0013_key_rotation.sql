-- The key in whose place this one was issued: rotation with overlap.
alter table machine_key add column replaces uuid references machine_key;
