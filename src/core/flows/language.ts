import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, say, text } from "#core/step.ts";
import type { Language } from "#text/language.ts";
import { foldedWords } from "#text/words.ts";

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

const LANGUAGE_WORDS: Readonly<Record<string, Language>> = {
  turkce: "tr",
  turkceye: "tr",
  turkish: "tr",
  ingilizce: "en",
  ingilizceye: "en",
  english: "en",
};
const AROUND = new Set(
  "lutfen konus konusun konusalim konusur yaz yazin yanitla yanitlayin yanit cevap ver verin devam et edelim gec gecin gecelim olsun dili dil please in to switch change speak use answer reply talk write language the".split(
    " ",
  ),
);

/** The language a message asks to go on in, where it says nothing else: "english please", "Türkçe konuş". A question about it is not one. */
export function languageAskedFor(message: string): Language | undefined {
  if (message.includes("?")) return undefined;
  const said = foldedWords(message.slice(0, 80));
  const rest = said.filter((word) => !AROUND.has(word));
  return rest.length === 1 ? LANGUAGE_WORDS[rest[0] ?? ""] : undefined;
}
