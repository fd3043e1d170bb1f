-- Puts a debt off; its place in the queue stays. Put aside, it lets pass what is owed after it.
-- KEYS lease debts ; ARGV holder debt until back aside
local lease = redis.call('HMGET', KEYS[1], 'holder', 'taken', 'put-off')
if lease[1] ~= ARGV[1] or lease[2] ~= ARGV[2] then return 0 end
if lease[3] == '1' then return 1 end -- put off already, sent again: the attempt is taken back once
local attempts = redis.call('HGET', KEYS[2], ARGV[2] .. ':attempts')
if not attempts then return 0 end
redis.call('HSET', KEYS[2], ARGV[2] .. ':due', ARGV[3], ARGV[2] .. ':aside', ARGV[5],
  ARGV[2] .. ':attempts', math.max(0, tonumber(attempts) - tonumber(ARGV[4])))
redis.call('HSET', KEYS[1], 'put-off', '1')
return 1
