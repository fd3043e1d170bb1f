-- Makes uncertain rows pending again, one try more.
-- ARGV due ttl, then rows
local changed = 0
for at = 3, #ARGV do
  local stored = redis.call('HGET', KEYS[2], ARGV[at])
  if stored and kindOf(stored) == 'U' then
    move(ARGV[at], stored, 'P|' .. (tonumber(parts(stored)[3]) + 1), ARGV[1])
    changed = changed + 1
  end
end
keep(ARGV[2])
return changed
