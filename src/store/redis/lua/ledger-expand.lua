-- ARGV 1 due, 2 ttl, 3 whether a run that is not there is a new one, then pairs of a row and whom it names
-- Where the server may have lost it, it stays fenced until every process has told what it sent of it.
if ARGV[3] == '1' and redis.call('EXISTS', KEYS[2]) == 0 then redis.call('HSETNX', KEYS[1], 'epoch', server()) end
local added = 0
for at = 4, #ARGV, 2 do
  if redis.call('HEXISTS', KEYS[2], ARGV[at]) == 0 then
    redis.call('HSET', KEYS[3], ARGV[at], ARGV[at + 1])
    move(ARGV[at], nil, 'P|0', ARGV[1])
    added = added + 1
  end
end
keep(ARGV[2])
return added
