-- ARGV holder row token now, and whom the row names from then on where that changes ; gives the new state, or nothing where it must not be sent
local stored = redis.call('HGET', KEYS[2], ARGV[2])
if not stored then return false end
local state = parts(stored)
if state[2] ~= ARGV[1] then return false end
if state[1] == 'S' and state[4] == ARGV[3] then return stored end -- the very same, sent again
if state[1] ~= 'C' then return false end
local armed = 'S|' .. ARGV[1] .. '|' .. state[3] .. '|' .. ARGV[3]
move(ARGV[2], stored, armed, ARGV[4])
if ARGV[5] then redis.call('HSET', KEYS[3], ARGV[2], ARGV[5]) end
return armed
