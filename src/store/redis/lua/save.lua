-- Saves a conversation and its person over the versions that were read, and adds what is owed.
-- KEYS conversation person conversations queue debts
-- ARGV 1 saved-by, 2-4 conversation's version read, next version, value, 5 address, 6-8 the same of the person, 9 ttl,
--      10 the person's ttl, 11 conversation's hash, then pairs of a debt's hash and value
local conversation = redis.call('HMGET', KEYS[1], 'version', 'saved-by')
if conversation[2] == ARGV[1] then return 'saved' end -- the very same save, sent again
local person = redis.call('HGET', KEYS[2], 'version')
if (conversation[1] or '0') ~= ARGV[2] or (person or '0') ~= ARGV[6] then return 'stale' end

redis.call('HSET', KEYS[1], 'version', ARGV[3], 'value', ARGV[4], 'address', ARGV[5], 'saved-by', ARGV[1])
redis.call('HSET', KEYS[2], 'version', ARGV[7], 'value', ARGV[8])
redis.call('SADD', KEYS[3], ARGV[11])
for at = 12, #ARGV, 2 do
  local debt = ARGV[at]
  if redis.call('HSETNX', KEYS[5], debt .. ':value', ARGV[at + 1]) == 1 then
    redis.call('HSET', KEYS[5], debt .. ':attempts', '0', debt .. ':due', '0')
    redis.call('RPUSH', KEYS[4], debt)
  end
end
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[9]) end
redis.call('PEXPIRE', KEYS[2], ARGV[10])
return 'saved'
