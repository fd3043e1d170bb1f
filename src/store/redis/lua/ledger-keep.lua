-- ARGV ttl ; whether there is something to keep
if redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
keep(ARGV[1])
return 1
