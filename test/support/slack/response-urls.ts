import { checkBlocks } from "./blocks.ts";
import type { Payload } from "./methods.ts";
import { Refusal, type Message } from "./shapes.ts";
import { BOT_USER, keepMessage, type State } from "./state.ts";

const LASTS_MS = 30 * 60_000;
const MOST_USES = 5;

/** What a post to a response URL does: shown to whoever pressed, or to the channel, or in place of what was pressed. */
export function respond(state: State, id: string, payload: Payload): object {
  const response = state.responses.get(id);
  if (response === undefined || Date.now() - response.madeAt > LASTS_MS) throw new Refusal("expired_url");
  if (response.uses >= MOST_USES) throw new Refusal("used_url");
  response.uses += 1;
  const text = typeof payload["text"] === "string" ? payload["text"] : "";
  const blocks = payload["blocks"] === undefined ? undefined : checkBlocks(payload["blocks"], 50);
  const shown = { text, ...(blocks === undefined ? {} : { blocks }) };
  const original = response.message;
  if (payload["replace_original"] === true && original !== undefined) {
    Object.assign(original, shown);
    return {};
  }
  const message: Message = { ts: state.ts(), channel: response.channel, user: BOT_USER, ...shown };
  if (payload["response_type"] === "in_channel") keepMessage(state, message);
  else state.ephemeral.push({ ...message, only: response.user });
  return {};
}
