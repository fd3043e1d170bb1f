-- Takes a place in what goes out in bulk: 0, or after how many milliseconds to ask again. By the server's own clock, so that all processes agree.
-- KEYS pace ; ARGV per-second burst ms-to-grow-whole ms-of-rest
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local pace = redis.call('HMGET', KEYS[1], 'next', 'stopped', 'share', 'seen')
-- Where the clock was set back, what was agreed on goes back with it: else nothing would go out for as long as it was set back by.
local back = math.max(0, tonumber(pace[4] or 0) - now)
local stopped = tonumber(pace[2] or 0) - back
local next = tonumber(pace[1] or 0) - back
local function exact(time) return string.format('%.3f', time) end
redis.call('HSET', KEYS[1], 'next', exact(next), 'stopped', exact(stopped), 'seen', exact(now))
redis.call('PEXPIRE', KEYS[1], 3600000 + math.max(0, math.ceil(stopped - now)))
if stopped > now then return math.ceil(stopped - now) end
local share = math.min(1, tonumber(pace[3] or 1) + (now - stopped) / ARGV[3])
local interval = 1000 / (ARGV[1] * share)
local tolerance = (ARGV[2] - 1) * interval
local at = math.max(next, now, stopped + tolerance)
-- After a rest it begins evenly: a burst makes good for a moment's delay and no more.
if next < now - ARGV[4] then at = now + tolerance end
if at - tolerance > now then return math.ceil(at - tolerance - now) end
redis.call('HSET', KEYS[1], 'next', exact(at + interval))
return 0
