-- A page of the records that are found. $1 and $2 as above, $3 to $5 after which record, school and rule, or null, $6 how
-- many, $7 whether languages are looked for.
select rule, kind, school_id, record_id from ({findings}) f
 where ($7 or not rule like '%.noLanguage')
   and ($3::uuid is null
        or (record_id, coalesce(school_id, '00000000-0000-0000-0000-000000000000'), rule collate "C")
           {beyond} ($3, $4::uuid, $5::text))
 order by record_id {direction}, coalesce(school_id, '00000000-0000-0000-0000-000000000000') {direction},
       rule collate "C" {direction}
 limit $6
