import type { TelegramParts } from "#channels/telegram/parts.ts";
import type { Address } from "#core/message.ts";

/** Most answers are there before anybody wonders: only a longer wait is shown. */
const FIRST_MS = 400;
/** Telegram shows it for five seconds. */
const AGAIN_MS = 4500;

/** Shows "typing" in the chat while work takes longer than a moment. */
export async function whileTyping<T>({ client, memory }: TelegramParts, to: Address, work: () => Promise<T>): Promise<T> {
  const show = () => {
    const thread = to.thread === undefined ? {} : { message_thread_id: Number(to.thread) };
    void client.call("sendChatAction", { chat_id: memory.chatNow(to.chat), ...thread, action: "typing" });
    timer = setTimeout(show, AGAIN_MS);
  };
  let timer = setTimeout(show, FIRST_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}
