-- Holds a conversation for longer.
-- KEYS lease ; ARGV holder until
if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'until', ARGV[2])
return 1
