-- What is not on the wire is not sent any more; a part at a time.
-- ARGV most ; how many
local rows = redis.call('ZRANGE', KEYS[4], 0, ARGV[1] - 1)
for _, row in ipairs(redis.call('ZRANGE', KEYS[5], 0, -1)) do
  if kindOf(redis.call('HGET', KEYS[2], row)) == 'C' then rows[#rows + 1] = row end
end
for _, row in ipairs(rows) do move(row, redis.call('HGET', KEYS[2], row), 'N') end
return #rows
