import { Redis } from "ioredis";
import { startRedisServer, type RedisServer } from "./redis-server.ts";

/** A master, two replicas of it, and three sentinels that watch them. */
export interface RedisGroup {
  readonly url: string;
  readonly master: RedisServer;
  /** The port of the one that is master now. */
  masterPort(): Promise<number>;
  stop(): Promise<void>;
}

const NAME = "imece";

export async function startRedisGroup(): Promise<RedisGroup> {
  const master = await startRedisServer({ keeps: true });
  const replicas = await Promise.all([1, 2].map(() => startRedisServer({ keeps: true, replicaOf: master.port })));
  const sentinel = [
    `sentinel monitor ${NAME} 127.0.0.1 ${master.port} 2`,
    `sentinel down-after-milliseconds ${NAME} 1000`,
    `sentinel failover-timeout ${NAME} 6000`,
    "",
  ].join("\n");
  const sentinels = await Promise.all([1, 2, 3].map(() => startRedisServer({ sentinel })));
  const asking = new Redis(sentinels[0]?.url ?? "").on("error", () => {});
  const seen = async (what: string) => {
    const facts = (await asking.call("SENTINEL", "MASTER", NAME)) as string[];
    return Number(facts[facts.indexOf(what) + 1]);
  };
  // Sentinels hear of each other and of the replicas through the master.
  while ((await seen("num-slaves")) < 2 || (await seen("num-other-sentinels")) < 2)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join()}/${NAME}`,
    master,
    masterPort: async () => Number(((await asking.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME)) as string[])[1]),
    async stop() {
      asking.disconnect();
      await Promise.all([...sentinels, ...replicas, master].map((server) => server.stop()));
    },
  };
}
