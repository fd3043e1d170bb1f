/**
 * The Web API methods this channel calls, with the scopes that allow them: of several, the one of the kind of channel it is called for.
 * `slack/manifest.yaml` asks for these and for those of the events, and for no more; a test compares them.
 */
export const METHOD_SCOPES = {
  "auth.test": [],
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  "chat.delete": ["chat:write"],
  "chat.postEphemeral": ["chat:write"],
  "conversations.open": ["im:write"],
  "conversations.info": ["channels:read", "groups:read"],
  "conversations.members": ["channels:read", "groups:read"],
  // To see whether a message arrived whose sending had no known end.
  "conversations.history": ["channels:history", "groups:history", "im:history", "mpim:history"],
  "conversations.replies": ["channels:history", "groups:history", "im:history", "mpim:history"],
  "files.getUploadURLExternal": ["files:write"],
  "files.completeUploadExternal": ["files:write"],
  "users.info": ["users:read"],
  "usergroups.users.list": ["usergroups:read"],
  "views.open": [],
  "views.push": [],
  "views.publish": [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Method = keyof typeof METHOD_SCOPES;

/** The events this channel takes, with the scopes that let it hear them. */
export const EVENT_SCOPES = {
  "message.im": ["im:history"],
  app_mention: ["app_mentions:read"],
  app_home_opened: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export const COMMAND = "/imece";
/** What staff announce and write of events has commands of its own; each stands for a word after the one above. */
export const STAFF_COMMANDS: Readonly<Record<string, string>> = { "/duyuru": "duyuru", "/etkinlik": "etkinlik" };
/** A command needs a scope of its own. */
export const COMMAND_SCOPES = ["commands"] as const;
/** The message shortcut *Bilgi bankasında ara*. */
export const SHORTCUT = "ask-about-message";

/** Every scope the bot token needs, each once, in order. */
export const SCOPES: readonly string[] = [
  ...new Set<string>([...Object.values(METHOD_SCOPES).flat(), ...Object.values(EVENT_SCOPES).flat(), ...COMMAND_SCOPES]),
].toSorted();
