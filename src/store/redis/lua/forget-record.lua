-- The beginning of each script that writes records.
-- KEYS 1 record, 2 index, 3 due, 4 expiry, 5 names
local function forget(id)
  for name in string.gmatch(redis.call('HGET', KEYS[5], id) or '', '%S+') do redis.call('ZREM', KEYS[2], name .. '.' .. id) end
  redis.call('HDEL', KEYS[5], id)
  redis.call('ZREM', KEYS[3], id)
  redis.call('ZREM', KEYS[4], id)
end
