import { sendToStaff } from "#core/flows/talk.ts";
import type { Incoming } from "#core/message.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, say, text } from "#core/step.ts";

/** A voice message, a picture, a location: staff are told of it; otherwise it cannot be read, and whoever sent it is told what to do instead. */
export function receiveAttachment(scene: Scene, sent: Extract<Incoming, { kind: "attachment" }>): Step {
  return sendToStaff(scene, sent) ?? { replies: [say(scene, text(`attachment.${sent.what}`))], outcome: CHAT };
}
