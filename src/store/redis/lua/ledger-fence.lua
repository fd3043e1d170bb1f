-- Lets a run go on, once every process has had time to tell what it knows.
-- ARGV server, for how long it is fenced
local epoch = server()
if epoch ~= ARGV[1] then return 0 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local fence = redis.call('HMGET', KEYS[1], 'fence', 'fenced-until')
if fence[1] ~= epoch then
  redis.call('HSET', KEYS[1], 'fence', epoch, 'fenced-until', string.format('%d', now + ARGV[2]))
  return 0
end
if now < tonumber(fence[2]) then return 0 end
redis.call('HSET', KEYS[1], 'epoch', epoch)
return 1
