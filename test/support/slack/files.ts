import { randomUUID } from "node:crypto";
import type { Method } from "./methods.ts";
import { Refusal, type Message } from "./shapes.ts";
import { BOT_ID, BOT_USER, channelFor, keepMessage } from "./state.ts";

const scopes = () => ["files:write"];

/** Uploading a file takes three steps: ask for a place, put it there, and share it. */
export const FILE_METHODS: Readonly<Record<string, Method>> = {
  "files.getUploadURLExternal": {
    scopes,
    run(state, payload) {
      const name = typeof payload["filename"] === "string" ? payload["filename"] : "";
      if (name === "" || !(Number(payload["length"]) > 0)) throw new Refusal("invalid_arguments");
      const file_id = `F${randomUUID().slice(0, 8)}`;
      state.uploads.set(file_id, { name, content: "", completed: false });
      return { file_id, upload_url: `UPLOAD/${file_id}` };
    },
  },
  "files.completeUploadExternal": {
    scopes,
    run(state, payload) {
      const files = (payload["files"] as { id: string; title?: string }[]).map(({ id }) => {
        const file = state.uploads.get(id);
        if (file === undefined || file.content === "") throw new Refusal("file_not_found");
        file.completed = true;
        return { id, name: file.name, content: file.content };
      });
      const channel = channelFor(state, payload["channel_id"]);
      const message: Message = {
        ts: state.ts(),
        channel: channel.id,
        user: BOT_USER,
        bot_id: BOT_ID,
        text: typeof payload["initial_comment"] === "string" ? payload["initial_comment"] : "",
        files,
        ...(typeof payload["thread_ts"] === "string" ? { thread_ts: payload["thread_ts"] } : {}),
      };
      keepMessage(state, message);
      return { files: files.map(({ id, name }) => ({ id, title: name })) };
    },
  },
};
