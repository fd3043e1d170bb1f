-- Tells a server that may have lost data what a process knows of its own rows. What it sent, or has on the wire, holds against anything older;
-- what it gave back only against its own, and nothing against a later try that was asked for on purpose.
-- ARGV holder now ttl, then pairs of a row and its state
for at = 4, #ARGV, 2 do
  local row, to = ARGV[at], ARGV[at + 1]
  local stored = redis.call('HGET', KEYS[2], row)
  local state, kind = parts(stored or ''), kindOf(to)
  local ended = state[1] == 'D' or state[1] == 'F' or state[1] == 'X'
  local ours = state[2] == ARGV[1] and (state[1] == 'S' or state[1] == 'U')
  local late = kind == 'D' and state[1] == 'F'
  local tries = state[1] == 'P' and state[2] or state[3]
  local older = (kind == 'S' or kind == 'U') and tonumber(parts(to)[3]) < tonumber(tries or 0)
  if stored ~= to and (not ended or late) and (kind ~= 'P' or ours) and not older then
    move(row, stored, to, ARGV[2])
  end
end
keep(ARGV[3])
return 1
