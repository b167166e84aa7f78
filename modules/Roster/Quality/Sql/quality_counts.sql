-- How many records each rule finds in each school. $1 and $2 as above.
select rule, school_id, count(*)::integer from ({findings}) f group by rule, school_id
