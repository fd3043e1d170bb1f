import { Cluster, Redis, type RedisOptions } from "ioredis";
import { BotError, faultOf } from "#core/errors.ts";

export type Connection = Redis | Cluster;

// A store that is away is known at once and told as such; waiting would pile up messages that their platforms send again anyway.
const OPTIONS = {
  lazyConnect: true,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  commandTimeout: 2000,
  connectTimeout: 2000,
  // A master that was made a replica refuses to be written to: the connection is to be looked for anew.
  reconnectOnError: ({ message }) => (message.startsWith("READONLY") ? 2 : false),
} satisfies RedisOptions;

type Options = Pick<
  RedisOptions,
  "lazyConnect" | "enableOfflineQueue" | "maxRetriesPerRequest" | "commandTimeout" | "connectTimeout" | "reconnectOnError"
>;

const FORMS = "redis://…, rediss://…, redis+sentinel://host1,host2/name or redis+cluster://host1,host2";
const SEVERAL =
  /^redis\+(?<kind>sentinel|cluster):\/\/(?:(?<user>[^:@/]*):(?<password>[^@/]*)@)?(?<hosts>[^@/]+)(?:\/(?<name>[^/?]+))?\/?$/;
const SENTINEL_PORT = 26_379;
const REDIS_PORT = 6379;

/**
 * Connects to the Redis, the sentinels or the cluster that a URL names.
 * @throws BotError `store.unavailable`, or `config.invalid` for a URL of another form. Neither tells the password.
 */
export async function connect(url: string): Promise<Connection> {
  const connection = create(url, OPTIONS);
  // Without a listener ioredis throws each lost connection at the process; the command that meets it fails by itself.
  connection.on("error", () => {});
  try {
    await connection.connect();
    await connection.ping();
    return connection;
  } catch (error) {
    connection.disconnect();
    // No cause: a refused AUTH carries its arguments in the error, and with them the password.
    const { code } = faultOf(error);
    throw new BotError(
      "store.unavailable",
      `Redis cannot be reached (${code}). Check REDIS_URL, its password, and that the server is running.`,
    );
  }
}

/** A connection for whoever waits at Redis for work: it waits while Redis is away, and no command of it has a time limit. */
export function connectToWait(url: string): Connection {
  const { commandTimeout: _limit, ...options } = OPTIONS;
  const connection = create(url, { ...options, enableOfflineQueue: true, maxRetriesPerRequest: null, lazyConnect: false });
  connection.on("error", () => {});
  return connection;
}

function create(url: string, options: Options): Connection {
  if (/^rediss?:\/\//.test(url)) return new Redis(url, { ...options, retryStrategy });
  const { kind, user, password, hosts, name } = SEVERAL.exec(url)?.groups ?? {};
  if (hosts === undefined) throw new BotError("config.invalid", `REDIS_URL has none of the known forms: ${FORMS}.`);

  const access = {
    ...(user === undefined || user === "" ? {} : { username: decodeURIComponent(user) }),
    ...(password === undefined ? {} : { password: decodeURIComponent(password) }),
  };
  if (kind === "cluster") {
    const { enableOfflineQueue = true, lazyConnect = false, ...redisOptions } = options;
    return new Cluster(nodes(hosts, REDIS_PORT), {
      enableOfflineQueue,
      lazyConnect,
      redisOptions: { ...redisOptions, ...access },
    });
  }
  if (name === undefined)
    throw new BotError("config.invalid", "REDIS_URL lacks the name of the master: redis+sentinel://host1,host2/name.");
  return new Redis({ ...options, ...access, sentinels: nodes(hosts, SENTINEL_PORT), name, retryStrategy });
}

function nodes(hosts: string, usualPort: number): { host: string; port: number }[] {
  return hosts.split(",").map((each) => {
    const [host = "", port] = each.split(":");
    return { host, port: port === undefined ? usualPort : Number(port) };
  });
}

function retryStrategy(times: number): number {
  return Math.min(50 * 2 ** Math.min(times, 6), 2000);
}
