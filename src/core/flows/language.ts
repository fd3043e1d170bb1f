import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, say, text } from "#core/step.ts";
import type { Language } from "#text/language.ts";

/** Asks which language; shown in both, since it may be looked for in the wrong one. */
export function askLanguage(scene: Scene): Step {
  const options = [
    button("button.turkish", { act: "language", language: "tr" }),
    button("button.english", { act: "language", language: "en" }),
  ];
  return { replies: [choices(scene, [text("language.question")], options)], outcome: CHAT };
}

/** Remembers the chosen language and speaks it from here on. */
export function chooseLanguage(scene: Scene, language: Language): Step {
  const speaking: Scene = { ...scene, language };
  return { replies: [say(speaking, text("language.chosen"))], person: { ...scene.person, language }, outcome: CHAT };
}
