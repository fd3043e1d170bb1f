import type { Attachment } from "#core/message.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, say, text } from "#core/step.ts";

/** A voice message, a picture, a location: it cannot be read, and whoever sent it is told so and what to do instead. */
export function receiveAttachment(scene: Scene, what: Attachment): Step {
  return { replies: [say(scene, text(`attachment.${what}`))], outcome: CHAT };
}
