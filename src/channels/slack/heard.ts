import { parseCommand } from "#core/command-names.ts";
import type { Attachment, Incoming } from "#core/message.ts";

/**
 * What words are here. Slack keeps every message that begins with a stroke to itself, so a command is known by its bare name too, where
 * nothing else is said: "gizlilik" is one, "gizlilik nedir" a question.
 */
export function incomingFor(words: string, id: string): Incoming {
  if (words === "") return { id, kind: "command", command: "start", argument: "" };
  const written = parseCommand(words);
  if (written !== undefined) return { id, kind: "command", ...written };
  const bare = /^[\p{L}_\s-]+$/u.test(words) ? parseCommand(`/${words}`) : undefined;
  if (bare?.argument === "") return { id, kind: "command", ...bare };
  return { id, kind: "message", text: words };
}

/** What kind of thing was sent without words. */
export function attachmentIn({
  mimetype = "",
  subtype,
}: {
  readonly mimetype?: string | undefined;
  readonly subtype?: string | undefined;
}): Attachment {
  if (subtype === "slack_audio" || mimetype.startsWith("audio/")) return "voice";
  if (subtype === "slack_video" || mimetype.startsWith("video/")) return "video";
  return mimetype.startsWith("image/") ? "picture" : "file";
}
