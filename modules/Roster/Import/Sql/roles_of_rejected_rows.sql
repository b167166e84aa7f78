-- Roles sent within a user go with the row they stood in.
delete from {staged} r
 where not exists (select from {users} u where u.id = r.person_id and u.line = r.line)
