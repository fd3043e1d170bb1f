-- ARGV 1 id, 2 token, 3 version read, 4 next version, 5 value, 6 expires, 7 now, 8 due or empty, 9 names between blanks
local id, now = ARGV[1], tonumber(ARGV[7])
local stored = redis.call('HMGET', KEYS[1], 'version', 'token', 'expires')
if stored[2] == ARGV[2] then return 'saved' end -- the very same put, sent again
local version = stored[1] and tonumber(stored[3]) > now and stored[1] or '0'
if version ~= ARGV[3] then return 'stale' end

for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', now, 'LIMIT', 0, 100)) do forget(gone) end
forget(id)
redis.call('DEL', KEYS[1])
local ttl = tonumber(ARGV[6]) - now
if ttl <= 0 then return 'saved' end

redis.call('HSET', KEYS[1], 'version', ARGV[4], 'token', ARGV[2], 'value', ARGV[5], 'expires', ARGV[6])
redis.call('ZADD', KEYS[4], ARGV[6], id)
redis.call('HSET', KEYS[5], id, ARGV[9])
if ARGV[8] ~= '' then redis.call('ZADD', KEYS[3], ARGV[8], id) end
for name in string.gmatch(ARGV[9], '%S+') do redis.call('ZADD', KEYS[2], 0, name .. '.' .. id) end
redis.call('PEXPIRE', KEYS[1], ttl)
for at = 2, 5 do
  if redis.call('PTTL', KEYS[at]) < ttl then redis.call('PEXPIRE', KEYS[at], ttl) end
end
return 'saved'
