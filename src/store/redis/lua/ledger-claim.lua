-- Takes what is due: a row, whom it names and its tries, each in turn.
-- ARGV holder token now most
if redis.call('EXISTS', KEYS[2]) == 0 then return {} end
local epoch = server()
if redis.call('HGET', KEYS[1], 'epoch') ~= epoch then return '!' .. epoch end

local last, rows = 'last:' .. ARGV[1], {}
local taken = redis.call('HGET', KEYS[1], last)
if taken and string.sub(taken, 1, #ARGV[2]) == ARGV[2] then -- the very same claim, sent again: it must not take more
  for row in string.gmatch(string.sub(taken, #ARGV[2] + 1), '%S+') do rows[#rows + 1] = row end
else
  rows = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', ARGV[3], 'LIMIT', 0, ARGV[4])
  for _, row in ipairs(rows) do
    local state = redis.call('HGET', KEYS[2], row)
    move(row, state, 'C|' .. ARGV[1] .. '|' .. parts(state)[2], ARGV[3])
  end
  redis.call('HSET', KEYS[1], last, ARGV[2] .. ' ' .. table.concat(rows, ' '))
end

local claimed = {}
for _, row in ipairs(rows) do
  local state = parts(redis.call('HGET', KEYS[2], row))
  if state[1] == 'C' and state[2] == ARGV[1] then
    claimed[#claimed + 1] = row
    claimed[#claimed + 1] = redis.call('HGET', KEYS[3], row) or ''
    claimed[#claimed + 1] = state[3]
  end
end
return claimed
