-- ARGV id
forget(ARGV[1])
return redis.call('DEL', KEYS[1])
