-- What there is to do in a conversation: 'empty', 'held', 'due', or the time its first debt is due.
-- KEYS lease queue debts ; ARGV now
local id = redis.call('LINDEX', KEYS[2], 0)
if not id then return 'empty' end
local ends = redis.call('HGET', KEYS[1], 'until')
if ends and tonumber(ends) > tonumber(ARGV[1]) then return 'held' end
local due = redis.call('HGET', KEYS[3], id .. ':due')
return tonumber(due) > tonumber(ARGV[1]) and due or 'due'
