-- Replaces the value of a record by the same one sealed anew, unless it was written since it was read.
-- KEYS record ; ARGV value read, value sealed anew
if redis.call('HGET', KEYS[1], 'value') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'value', ARGV[2])
return 1
