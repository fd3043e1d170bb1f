-- Gives an incoming its place in the window of its person. Beyond the limit only the first is remembered.
-- KEYS rate ; ARGV incoming most ttl
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then return tonumber(known) end
local place = redis.call('HLEN', KEYS[1]) + 1
if place > tonumber(ARGV[2]) + 1 then return place end
redis.call('HSET', KEYS[1], ARGV[1], place)
if place == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
return place
