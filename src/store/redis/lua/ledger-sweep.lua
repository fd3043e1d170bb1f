-- What its holder has held for longer than a lease: claimed is pending again, on the wire is uncertain.
-- ARGV until now most ; how many, and the server where it is not the one that the run knows
local rows = redis.call('ZRANGEBYSCORE', KEYS[5], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, row in ipairs(rows) do
  local stored = redis.call('HGET', KEYS[2], row)
  local state = parts(stored)
  if state[1] == 'C' then move(row, stored, 'P|' .. state[3], ARGV[2])
  else move(row, stored, 'U|' .. state[2] .. '|' .. state[3]) end
end
local epoch = server()
local fenced = redis.call('EXISTS', KEYS[2]) == 1 and redis.call('HGET', KEYS[1], 'epoch') ~= epoch
return { #rows, fenced and epoch or '' }
