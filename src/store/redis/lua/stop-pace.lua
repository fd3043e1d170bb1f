-- Stops what goes out in bulk. The share is halved once a stop: those that were on the wire when it came are told to stop too.
-- KEYS pace ; ARGV for-ms ms-to-grow-whole least
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local pace = redis.call('HMGET', KEYS[1], 'stopped', 'share', 'seen', 'next')
local back = math.max(0, tonumber(pace[3] or 0) - now)
local stopped = tonumber(pace[1] or 0) - back
local function exact(time) return string.format('%.3f', time) end
redis.call('HSET', KEYS[1], 'next', exact(tonumber(pace[4] or 0) - back), 'seen', exact(now))
if stopped <= now then
  local share = math.min(1, tonumber(pace[2] or 1) + (now - stopped) / ARGV[2])
  redis.call('HSET', KEYS[1], 'share', math.max(tonumber(ARGV[3]), share / 2))
end
redis.call('HSET', KEYS[1], 'stopped', exact(math.max(stopped, now + ARGV[1])))
redis.call('PEXPIRE', KEYS[1], 3600000 + ARGV[1])
return 1
