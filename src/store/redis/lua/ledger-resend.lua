-- Makes uncertain rows pending again, one try more; not those that were tried again since they were read.
-- ARGV due ttl, then pairs of a row and how often it was tried
local changed = 0
for at = 3, #ARGV, 2 do
  local stored = redis.call('HGET', KEYS[2], ARGV[at])
  local tries = stored and kindOf(stored) == 'U' and tonumber(parts(stored)[3])
  if tries and tries == tonumber(ARGV[at + 1]) then
    move(ARGV[at], stored, 'P|' .. (tries + 1), ARGV[1])
    changed = changed + 1
  end
end
keep(ARGV[2])
return changed
