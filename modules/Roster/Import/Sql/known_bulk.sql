select id from {staged} where not deleted
