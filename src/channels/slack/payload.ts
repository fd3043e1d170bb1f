import { z } from "zod";

/** The parts of a payload that are read. What Slack adds passes by; what it changes is ignored instead of trusted. */
const message = z.object({
  ts: z.string(),
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  subtype: z.string().optional(),
  text: z.string().optional(),
  thread_ts: z.string().optional(),
  files: z.array(z.object({ mimetype: z.string().optional(), subtype: z.string().optional() })).optional(),
  edited: z.object({ ts: z.string() }).optional(),
});

const event = z.discriminatedUnion("type", [
  z.object({
    ...message.shape,
    type: z.literal("message"),
    channel: z.string(),
    channel_type: z.string().optional(),
    message: message.optional(),
    previous_message: message.optional(),
  }),
  z.object({ ...message.shape, type: z.literal("app_mention"), channel: z.string() }),
  z.object({ type: z.literal("app_home_opened"), user: z.string(), tab: z.string().optional() }),
]);

const eventBody = z.object({ type: z.literal("event_callback"), event_id: z.string(), event });

const command = z.object({
  command: z.string(),
  channel_id: z.string(),
  user_id: z.string(),
  text: z.string().optional(),
  trigger_id: z.string(),
  response_url: z.string(),
});

const user = z.object({ id: z.string(), team_id: z.string().optional() });
const acted = { user, team: z.object({ id: z.string() }).nullish(), trigger_id: z.string() };

const value = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).optional(),
});

const interaction = z.discriminatedUnion("type", [
  z.object({
    ...acted,
    type: z.literal("block_actions"),
    response_url: z.string().optional(),
    container: z
      .object({
        message_ts: z.string().optional(),
        channel_id: z.string().optional(),
        thread_ts: z.string().optional(),
        is_ephemeral: z.boolean().optional(),
      })
      .optional(),
    view: z.object({ type: z.string() }).optional(),
    actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })).min(1),
  }),
  z.object({
    ...acted,
    type: z.literal("message_action"),
    callback_id: z.string(),
    response_url: z.string(),
    channel: z.object({ id: z.string() }),
    message: z.object({ text: z.string().optional() }),
  }),
  z.object({
    ...acted,
    type: z.literal("view_submission"),
    view: z.object({
      id: z.string(),
      callback_id: z.string(),
      private_metadata: z.string().optional(),
      state: z.object({ values: z.record(z.string(), z.record(z.string(), value)) }).optional(),
    }),
  }),
]);

export type Message = z.output<typeof message>;
export type EventBody = z.output<typeof eventBody>;
export type Event = EventBody["event"];
export type Command = z.output<typeof command>;
export type Interaction = z.output<typeof interaction>;
export type Payload =
  | { readonly kind: "event"; readonly body: EventBody }
  | { readonly kind: "command"; readonly body: Command }
  | { readonly kind: "interaction"; readonly body: Interaction };

/** A payload as it is known here, or `undefined` for what has another form. */
export function readPayload(body: unknown): Payload | undefined {
  const asEvent = eventBody.safeParse(body).data;
  if (asEvent) return { kind: "event", body: asEvent };
  const asInteraction = interaction.safeParse(body).data;
  if (asInteraction) return { kind: "interaction", body: asInteraction };
  const asCommand = command.safeParse(body).data;
  return asCommand && { kind: "command", body: asCommand };
}
