update {changes} set change = 'ended' where change in ('missing', 'waiting')
