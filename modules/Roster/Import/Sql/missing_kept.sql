delete from {changes} where change in ('missing', 'waiting')
