-- ARGV holder row target (D|reference, F|why, U or P) at ; gives the new state, or nothing where the row is not the holder's
local stored = redis.call('HGET', KEYS[2], ARGV[2])
if not stored then return false end
local state, target = parts(stored), kindOf(ARGV[3])
if stored == ARGV[3] or (state[1] == 'D' and target == 'D') then return stored end -- told again
if state[1] == 'P' and target == 'P' then -- given back already, and sent again
  return tonumber(redis.call('ZSCORE', KEYS[4], ARGV[2])) == tonumber(ARGV[4]) and stored
end
if state[2] ~= ARGV[1] then return false end
if state[1] == 'U' and target == 'U' then return stored end
local known = state[1] == 'S' or state[1] == 'U' or (state[1] == 'C' and (target == 'F' or target == 'P'))
if not known then return false end
local to = ARGV[3]
if target == 'P' then to = 'P|' .. state[3] end
if target == 'U' then to = 'U|' .. ARGV[1] .. '|' .. state[3] end
move(ARGV[2], stored, to, ARGV[4])
return to
