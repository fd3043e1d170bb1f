-- Deletes everything of a person, unless a conversation was added since the conversations were listed.
-- KEYS conversations, then all the others ; ARGV how many conversations were listed
if redis.call('SCARD', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end
for _, key in ipairs(KEYS) do redis.call('DEL', key) end
return 1
