-- The beginning of each script over the rows of a run.
-- KEYS 1 meta, 2 rows, 3 whom, 4 todo, 5 fly, 6 ended
-- A row is P|tries, C|holder|tries, S|holder|tries|token, U|holder|tries, D|reference, F|why, N or X. Only D, F, N and X are for good; D and X
-- alone lead nowhere else.
local LISTED = { D = 's', F = 'f', U = 'u', N = 'n' }

local function parts(state)
  local found = {}
  for part in string.gmatch(state .. '|', '([^|]*)|') do found[#found + 1] = part end
  return found
end

local function kindOf(state) return string.sub(state, 1, 1) end

-- What a state is counted under: failures by their reason.
local function counted(state) return 'n:' .. (kindOf(state) == 'F' and state or kindOf(state)) end

-- A sorted set is gone when it is empty, and with it its time. A new one lasts as long as the run.
local function add(key, score, member)
  redis.call('ZADD', key, score, member)
  local ttl = redis.call('PTTL', KEYS[1])
  if ttl > 0 and redis.call('PTTL', key) < 0 then redis.call('PEXPIRE', key, ttl) end
end

-- Moves a row to another state; `at` is when it is due, or since when it is held.
local function move(row, from, to, at)
  if from then
    local kind = kindOf(from)
    redis.call('HINCRBY', KEYS[1], counted(from), -1)
    if kind == 'P' then redis.call('ZREM', KEYS[4], row)
    elseif kind == 'C' or kind == 'S' then redis.call('ZREM', KEYS[5], row)
    elseif LISTED[kind] then redis.call('ZREM', KEYS[6], LISTED[kind] .. row) end
  end
  local kind = kindOf(to)
  redis.call('HSET', KEYS[2], row, to)
  redis.call('HINCRBY', KEYS[1], counted(to), 1)
  if kind == 'P' then add(KEYS[4], at, row)
  elseif kind == 'C' or kind == 'S' then add(KEYS[5], at, row)
  elseif LISTED[kind] then add(KEYS[6], 0, LISTED[kind] .. row) end
  if kind == 'X' or to == 'F|left' then redis.call('HDEL', KEYS[3], row) end
end

local function keep(ttl)
  for _, key in ipairs(KEYS) do
    if redis.call('PTTL', key) < tonumber(ttl) then redis.call('PEXPIRE', key, ttl) end
  end
end

-- Another one after a restart or a failover: what was acknowledged before may be lost.
local function server() return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') end
