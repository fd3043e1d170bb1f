import { z } from "zod";

/** The parts of an update that are read. What Telegram adds passes by; what it changes is ignored instead of trusted. */
const user = z.object({ id: z.number(), is_bot: z.boolean(), language_code: z.string().optional() });
const chat = z.object({ id: z.number(), type: z.enum(["private", "group", "supergroup", "channel"]) });
const entity = z.object({
  type: z.string(),
  offset: z.number(),
  length: z.number(),
  user: z.object({ id: z.number() }).optional(),
});
const anything = z.unknown().optional();
const playable = z.looseObject({ duration: z.number().optional() }).optional();

const message = z.object({
  message_id: z.number(),
  chat,
  from: user.optional(),
  sender_chat: z.object({ id: z.number() }).optional(),
  is_automatic_forward: z.boolean().optional(),
  message_thread_id: z.number().optional(),
  is_topic_message: z.boolean().optional(),
  reply_to_message: z
    .object({ message_id: z.number().optional(), from: z.object({ id: z.number() }).optional(), forum_topic_created: anything })
    .optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: z.array(entity).optional(),
  caption_entities: z.array(entity).optional(),
  media_group_id: z.string().optional(),
  migrate_to_chat_id: z.number().optional(),
  voice: playable,
  audio: playable,
  video_note: playable,
  sticker: anything,
  animation: anything,
  dice: anything,
  photo: anything,
  video: playable,
  location: anything,
  venue: anything,
  contact: anything,
  document: anything,
  poll: anything,
  story: anything,
  game: anything,
  paid_media: anything,
  checklist: anything,
});

const callbackQuery = z.object({
  id: z.string(),
  from: user,
  data: z.string().optional(),
  // A message too old to be read still names itself and its chat.
  message: z
    .object({
      message_id: z.number(),
      chat,
      message_thread_id: z.number().optional(),
      is_topic_message: z.boolean().optional(),
    })
    .optional(),
});

/** The bot's own membership: in a private chat, whether its person lets it write. */
const membership = z.object({ chat, from: user, new_chat_member: z.object({ status: z.string() }) });

const update = z.object({
  update_id: z.number(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: callbackQuery.optional(),
  my_chat_member: membership.optional(),
});

export type Update = z.output<typeof update>;
export type Message = z.output<typeof message>;
export type Membership = z.output<typeof membership>;
export type CallbackQuery = z.output<typeof callbackQuery>;

/** The kinds of update this channel asks for. */
export const WANTED = ["message", "edited_message", "callback_query", "my_chat_member"] as const;

/** An update as it is known here, or `undefined` for what has another form. */
export function readUpdate(value: unknown): Update | undefined {
  return update.safeParse(value).data;
}

/** Updates of one chat are taken one after another. */
export function chatOf({ message, edited_message, callback_query, my_chat_member }: Update): string {
  return String((message ?? edited_message ?? callback_query?.message ?? my_chat_member)?.chat.id ?? "");
}
