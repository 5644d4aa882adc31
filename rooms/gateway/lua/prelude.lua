-- Put in front of every script that changes a room. It alone touches seq, recent events, epoch
-- and publish, so that one room has one order that everybody sees.
-- KEYS: seq, recent, epoch, deadlines, then the app's own as K[1]…
-- ARGV: now (server ms), group, code, a fresh epoch, events kept, then the app's own as A[1]…
local NOW, GROUP, CODE, KEEP = tonumber(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[5])
local K, A = {unpack(KEYS, 5)}, {unpack(ARGV, 6)}
local WEEK = 604800
local function publish(message)
  message.room = CODE
  redis.call('PUBLISH', GROUP, cmsgpack.pack(message))
end

if redis.call('SET', KEYS[3], ARGV[4], 'NX', 'EX', WEEK) then
  redis.call('DEL', KEYS[1], KEYS[2])
  publish({type = 'room.epoch', epoch = ARGV[4]})
end

local function next_seq() return tonumber(redis.call('GET', KEYS[1]) or '0') + 1 end

-- A kept event. `body` is a JSON object, or a function of the coming seq that returns one.
local function emit(kind, body)
  local seq = redis.call('INCR', KEYS[1])
  if type(body) == 'function' then body = body(seq) end
  local rest = string.sub(body, 2)
  if rest ~= '}' then rest = ',' .. rest end
  local text = '{"type":"' .. kind .. '","seq":' .. seq .. rest
  redis.call('RPUSH', KEYS[2], text)
  redis.call('LTRIM', KEYS[2], -KEEP, -1)
  if seq == 1 then
    redis.call('EXPIRE', KEYS[1], 2 * WEEK)
    redis.call('EXPIRE', KEYS[2], 2 * WEEK)
  end
  publish({type = 'room.event', seq = seq, epoch = redis.call('GET', KEYS[3]), text = text})
  return seq, text
end

-- A passing event. `to`: nil for everyone, 'user:<id>', 'conn:<id>' or 'cap:<capability>', behind
-- which '|<id>' names a person: whom a block keeps from them does not hear it.
local function pass(kind, body, to)
  local rest = string.sub(body, 2)
  if rest ~= '}' then rest = ',' .. rest end
  publish({type = 'room.event', text = '{"type":"' .. kind .. '"' .. rest, to = to})
end

-- A deadline of this room; the same kind and token again moves it.
local function schedule(kind, token, due_ms)
  redis.call('ZADD', KEYS[4], due_ms, CODE .. '|' .. kind .. '|' .. token)
end

local function unschedule(kind, token)
  redis.call('ZREM', KEYS[4], CODE .. '|' .. kind .. '|' .. token)
end

