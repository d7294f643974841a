import { createHash } from 'node:crypto';

// Lua scripts, which Redis runs atomically. All keys carry one hash tag, so that they are on one shard.

/** A script, and its name in Redis. */
export interface Script {
  readonly source: string;
  readonly sha: string;
}

const script = (source: string): Script => ({
  source,
  sha: createHash('sha1').update(source).digest('hex'),
});

/**
 * Writes cells if none that was read has changed meanwhile. A cell is its revision (36 characters) and what stands
 * in it, in one string, so that many are read by one command.
 *
 * KEYS: the era, then the cells. ARGV: the era's name, this attempt's token, how many cells; for each cell
 * the revision that was read ('' for none) and its change ('' nothing, 'd' deleted, 'w…' written); then
 * further commands of four values each: the command, its key, a member, a score. Answers ['ok'], ['era']
 * (Redis has lost its data), or ['stale', …numbers of the cells that changed].
 */
export const COMMIT = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'era'} end
local count = tonumber(ARGV[3])
local stale = {'stale'}
for i = 1, count do
  local revision = redis.call('GETRANGE', KEYS[1 + i], 0, 35)
  -- This very attempt, whose answer was lost on the way.
  if revision == ARGV[2] then return {'ok'} end
  if revision ~= ARGV[2 + 2 * i] then stale[#stale + 1] = tostring(i) end
end
if #stale > 1 then return stale end
for i = 1, count do
  local change = ARGV[3 + 2 * i]
  local what = string.sub(change, 1, 1)
  if what == 'd' then
    redis.call('DEL', KEYS[1 + i])
  elseif what == 'w' then
    redis.call('SET', KEYS[1 + i], ARGV[2] .. string.sub(change, 2))
  end
end
for i = 4 + 2 * count, #ARGV, 4 do
  if ARGV[i] == 'ZADD' then
    redis.call('ZADD', ARGV[i + 1], ARGV[i + 3], ARGV[i + 2])
  else
    redis.call(ARGV[i], ARGV[i + 1], ARGV[i + 2])
  end
end
return {'ok'}
`);

/**
 * A node's heartbeat, by Redis's clock, so that the nodes' clocks need not agree. It declares nodes with an
 * expired lease dead, and any node may then release what they hold.
 *
 * KEYS: living nodes, dead nodes. ARGV: this node, its lease in milliseconds, 'first' or ''.
 * Answers whether this node still had its lease, and which nodes are dead.
 */
export const HEARTBEAT = script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, node in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)) do
  redis.call('ZREM', KEYS[1], node)
  redis.call('SADD', KEYS[2], node)
end
local known = redis.call('ZSCORE', KEYS[1], ARGV[1])
if known or ARGV[3] == 'first' then redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1]) end
return {known and 1 or 0, redis.call('SMEMBERS', KEYS[2])}
`);

/** Deletes a key if it holds a value. KEYS: the key. ARGV: the value. */
export const RELEASE = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`);

/**
 * Renews a claim and runs another command, if the holder still has the claim. KEYS: the claim, then the keys
 * to set or unlink. ARGV: the holder's token, after how many milliseconds the claim expires, 'SET', 'UNLINK'
 * or '', the value to set. Answers 1 when it was done.
 */
export const CLAIMED = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
if ARGV[3] == 'SET' then
  redis.call('SET', KEYS[2], ARGV[4])
elseif ARGV[3] == 'UNLINK' then
  for i = 2, #KEYS do redis.call('UNLINK', KEYS[i]) end
end
return 1
`);

/**
 * Locks all of the keys, unless somebody else holds one of them. KEYS: the keys. ARGV: the holder's token,
 * and after how many milliseconds the locks expire. Answers 1 if the holder has all locks (also if it had
 * them before), and 0 otherwise.
 */
export const LOCK = script(`
for _, key in ipairs(KEYS) do
  local holder = redis.call('GET', key)
  if holder and holder ~= ARGV[1] then return 0 end
end
for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1], 'PX', ARGV[2]) end
return 1
`);

/** Releases the locks that the holder still has. KEYS: the keys. ARGV: the holder's token. */
export const UNLOCK = script(`
for _, key in ipairs(KEYS) do
  if redis.call('GET', key) == ARGV[1] then redis.call('DEL', key) end
end
return 1
`);
