-- Drops a debt that its holder has taken.
-- KEYS lease queue debts ; ARGV holder debt
local lease = redis.call('HMGET', KEYS[1], 'holder', 'taken')
if lease[1] ~= ARGV[1] then return 0 end
if redis.call('HEXISTS', KEYS[3], ARGV[2] .. ':value') == 0 then return 1 end -- settled already, sent again
if lease[2] ~= ARGV[2] then return 0 end
redis.call('LREM', KEYS[2], 1, ARGV[2])
redis.call('HDEL', KEYS[3], ARGV[2] .. ':value', ARGV[2] .. ':attempts', ARGV[2] .. ':due', ARGV[2] .. ':aside')
return 1
