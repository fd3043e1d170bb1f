-- What there is to do in a conversation: 'empty', 'held', 'due', or the time something is due.
-- KEYS lease queue debts ; ARGV now
local length = redis.call('LLEN', KEYS[2])
if length == 0 then return 'empty' end
local ends = redis.call('HGET', KEYS[1], 'until')
if ends and tonumber(ends) > tonumber(ARGV[1]) then return 'held' end
local soonest
for at = 0, length - 1 do
  local id = redis.call('LINDEX', KEYS[2], at)
  local debt = redis.call('HMGET', KEYS[3], id .. ':due', id .. ':aside')
  if tonumber(debt[1]) <= tonumber(ARGV[1]) then return 'due' end
  if not soonest or tonumber(debt[1]) < tonumber(soonest) then soonest = debt[1] end
  if debt[2] ~= '1' then break end
end
return soonest
