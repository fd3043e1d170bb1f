import { randomUUID } from "node:crypto";
import { checkBlocks } from "./blocks.ts";
import type { Method } from "./methods.ts";
import { Refusal, type View } from "./shapes.ts";
import { exchangeTrigger } from "./state.ts";

const MOST_VIEW_BLOCKS = 100;
const MOST_TITLE = 24;
const MOST_PRIVATE = 3000;
const MOST_VIEWS = 3;

/** Refuses a view as Slack does, and gives it an id. */
export function checkView(given: unknown, type: View["type"]): View {
  const view = given as View;
  const refuse = (why: string): never => {
    throw new Refusal("invalid_arguments", { response_metadata: { messages: [`[ERROR] ${why}`] } });
  };
  if (view?.type !== type) refuse(`the view must be of type ${type}`);
  for (const name of ["title", "submit", "close"] as const) {
    const text = view[name];
    if (text !== undefined && (text.type !== "plain_text" || text.text.length < 1 || text.text.length > MOST_TITLE)) refuse(name);
  }
  if (type === "modal" && view.title === undefined) refuse("title");
  if ((view.private_metadata ?? "").length > MOST_PRIVATE) refuse("private_metadata");
  if ((view.callback_id ?? "").length > 255) refuse("callback_id");
  const blocks = checkBlocks(view.blocks, MOST_VIEW_BLOCKS);
  if (blocks.some((block) => block.type === "input") && type === "modal" && view.submit === undefined) refuse("submit");
  return { ...view, blocks, id: `V${randomUUID().slice(0, 8)}`, hash: randomUUID() };
}

/** What may be shown beside messages: modals, which need a trigger, and a person's home. */
export const VIEW_METHODS: Readonly<Record<string, Method>> = {
  "views.open": {
    run(state, payload) {
      const view = checkView(payload["view"], "modal");
      const user = exchangeTrigger(state, payload["trigger_id"]);
      state.modals.push({ user, view });
      return { view };
    },
  },
  "views.push": {
    run(state, payload) {
      const view = checkView(payload["view"], "modal");
      const user = exchangeTrigger(state, payload["trigger_id"]);
      const under = state.modals.filter((modal) => modal.user === user).length;
      if (under === 0) throw new Refusal("not_found");
      if (under >= MOST_VIEWS) throw new Refusal("push_limit_reached");
      state.modals.push({ user, view });
      return { view };
    },
  },
  "views.update": {
    run(state, payload) {
      const open = state.modals.find(({ view }) => view.id === payload["view_id"]);
      if (open === undefined) throw new Refusal("not_found");
      if (payload["hash"] !== undefined && payload["hash"] !== open.view.hash) throw new Refusal("hash_conflict");
      open.view = { ...checkView(payload["view"], "modal"), id: open.view.id };
      return { view: open.view };
    },
  },
  "views.publish": {
    run(state, payload) {
      const user = typeof payload["user_id"] === "string" ? payload["user_id"] : "";
      if (!state.users.has(user)) throw new Refusal("user_not_found");
      const view = checkView(payload["view"], "home");
      state.homes.set(user, view);
      return { view };
    },
  },
};
