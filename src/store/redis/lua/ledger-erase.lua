-- Leaves a mark without a name, so that a repeated expansion does not send again.
-- ARGV row
local stored = redis.call('HGET', KEYS[2], ARGV[1])
if not stored or kindOf(stored) == 'X' then return 0 end
move(ARGV[1], stored, 'X')
return 1
