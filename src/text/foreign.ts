import { lower } from "#text/fold.ts";
import { isFunctionWord } from "#text/function-words.ts";

// Words that Turkish and English do not have, of the languages most seen beside them. Left out is what they share with either:
// "para", "der", "il", "son", "die", "come", "comment". Two different ones make a sentence.
const FOREIGN_WORDS = new Set(
  (
    "ich wie werde wird ist sind nicht und das ein eine einer guten danke bitte mitglied genossenschaft wo wann warum kann mein für sie haben " +
    "gibt möchte hola donde dónde está esta como cómo qué que gracias quiero puedo una los las del por cuando cuándo sede cooperativa socio " +
    "hacerme soy bonjour merci où est sont les une pour avec je vous nous quel quelle quand adhérer puis devenir membre coopérative " +
    "ciao buongiorno grazie dove sono che quando perché voglio della gli posso diventare"
  ).split(" "),
);
const LEAST_SHARE = 0.4;

/** Whether a text is written in another language of Latin letters. */
export function isForeign(text: string): boolean {
  // Turkish lowering makes "ı" of a capital I, which those languages mean as "i".
  const words = (lower(text).match(/\p{L}+/gu) ?? []).map((word) => word.replaceAll("ı", "i"));
  const foreign = words.filter((word) => FOREIGN_WORDS.has(word));
  const own = words.filter((word) => !FOREIGN_WORDS.has(word) && isFunctionWord(word));
  return new Set(foreign).size >= 2 && foreign.length / words.length >= LEAST_SHARE && foreign.length > own.length;
}
