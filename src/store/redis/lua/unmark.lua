-- Removes a note, or looks at it later, unless it was made anew since it was read.
-- KEYS due marks ; ARGV member mark later (empty: remove)
if (redis.call('HGET', KEYS[2], ARGV[1]) or '') ~= ARGV[2] then return 0 end
if ARGV[3] ~= '' then return redis.call('ZADD', KEYS[1], 'XX', ARGV[3], ARGV[1]) end
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return 1
