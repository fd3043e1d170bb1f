import type { Action } from "#core/action.ts";
import { subscribeEach } from "#core/flows/announcements.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, noLongerWaiting, say, text } from "#core/step.ts";
import { countedIn, typedNumber, typedNumbers } from "#core/typed-number.ts";

/**
 * Several numbers at once, "1 ve 3": where topics can be chosen each is pressed; any other list takes one, and that is said. `undefined` where
 * the message says anything else, or one number may be meant by it ("1,5").
 */
export function hearSeveral(scene: Scene, message: string): Step | undefined {
  const numbers = typedNumbers(message);
  if (numbers === undefined) return undefined;
  const { conversation, incoming } = scene;
  const offer = conversation.offers.at(-1);
  const numbered = incoming.kind === "message" && incoming.numbered === true;
  const counted = offer === undefined ? [] : countedIn(offer, message, numbered);
  const pressed = [...new Set(numbers)].map((number) => counted[number - 1]);
  const topics = pressed.filter(isTopic);
  if (topics.length === pressed.length) return noLongerWaiting(subscribeEach(scene, topics));
  if (typedNumber(message) !== undefined) return undefined;
  const told = text(counted.length === 0 ? "number.noList" : "number.oneAtATime");
  return { replies: [say(scene, told)], keepsOffer: true, outcome: CHAT };
}

function isTopic(action: Action | undefined): action is Extract<Action, { act: "subscribe" }> {
  return action?.act === "subscribe" && action.topics.length === 1;
}
