-- Takes the first debt for a holder, and counts the attempt. What was put aside is passed over until it is due.
-- KEYS lease queue debts ; ARGV holder token now until
local lease = redis.call('HMGET', KEYS[1], 'holder', 'until', 'token', 'taken', 'attempts')
if lease[3] == ARGV[2] then -- the very same claim, sent again: it must not count twice
  local value = redis.call('HGET', KEYS[3], lease[4] .. ':value')
  return value and { lease[4], value, lease[5] }
end
if lease[1] and lease[1] ~= ARGV[1] and tonumber(lease[2]) > tonumber(ARGV[3]) then return false end

for at = 0, redis.call('LLEN', KEYS[2]) - 1 do
  local id = redis.call('LINDEX', KEYS[2], at)
  local debt = redis.call('HMGET', KEYS[3], id .. ':value', id .. ':attempts', id .. ':due', id .. ':aside')
  if tonumber(debt[3]) <= tonumber(ARGV[3]) then
    redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'until', ARGV[4], 'token', ARGV[2], 'taken', id, 'attempts', debt[2], 'put-off', '0')
    redis.call('PEXPIRE', KEYS[1], redis.call('PTTL', KEYS[2])) -- not for longer than what is owed
    redis.call('HINCRBY', KEYS[3], id .. ':attempts', 1)
    return { id, debt[1], debt[2] }
  end
  if debt[4] ~= '1' then return false end
end
return false
