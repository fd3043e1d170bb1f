import { lower } from "#text/fold.ts";

/** A message that is no question in Turkish or English, by what it is instead. */
export type Oddity = "empty" | "symbols" | "other-language" | "code" | "instruction";

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const LETTERS = /\p{L}/gu;
const LATIN_LETTERS = /\p{Script=Latin}/gu;
const CODE = [
  /<\/?[a-z][^>]{0,80}>/i,
  /\b(?:select\s+.{0,40}\bfrom|insert\s+into|delete\s+from|(?:drop|alter|create)\s+(?:table|database)|union\s+(?:all\s+)?select)\b/i,
  /\b(?:function|const|let|var|def|class|return)\s+\w+\s*[=({:]/,
  /\b(?:import|from)\s+\w+(?:\s+as\s+\w+|\s+import\b)/,
  /^\s*(?:import\s+\w+|#include\b|sudo\s|rm\s+-|curl\s|npm\s|git\s)/,
  /\w+\([^)]{0,60}\)\s*[;{]?\s*$/,
  /[{};]\s*$/m,
  /=>|&&|\|\||\$\{|\.\.\/|::/,
];
const SET_ASIDE = /\b(?:ignore|disregard|forget|bypass|override|unut|boşver|boş ver|yok say|görmezden gel|devre dışı)/u;
const RULES = /(?:instruction|guideline|rules?\b|prompt|talimat|kural|yönerge|sistem mesaj|filtre)/u;
const COMMANDS = [
  /\bact as (?:an?|my)\b/u,
  /\bpretend (?:to be|you)\b/u,
  /\byou are now\b/u,
  /\b(?:print|reveal|show|repeat|output) (?:me )?(?:your|the|all|every)\w* (?:system|above|before|prompt|instruction|hidden)/u,
  /\beverything (?:before|above) this\b/u,
  /\b(?:gizli|sistem) (?:talimat|prompt|komut)/u,
  /\btüm kayıtları\b.*\baktar/u,
  /\b(?:developer|jailbreak|dan) mode\b/u,
];

// Words that Turkish and English do not have, of the languages most seen beside them. Two of them make a sentence.
const FOREIGN_WORDS = new Set(
  (
    "ich wie werde wird ist sind nicht und der das die ein eine guten danke bitte mitglied wo wann warum kann mein " +
    "hola donde dónde está esta como cómo qué que gracias quiero para una los las del por cuando cuándo sede " +
    "bonjour merci comment où est sont les des une pour avec je vous nous quel quelle quand adhérer " +
    "ciao grazie come dove sono che quando perché voglio della il gli posso diventare"
  ).split(" "),
);

/** What is odd about a message, or `undefined` where it may be a question. */
export function oddityOf(text: string): Oddity | undefined {
  const plain = text.replace(/[\p{Cc}\p{Cf}]/gu, " ").trim();
  if (plain === "") return "empty";
  if (!LETTER_OR_DIGIT.test(plain)) return "symbols";
  const letters = plain.match(LETTERS)?.length ?? 0;
  const latin = plain.match(LATIN_LETTERS)?.length ?? 0;
  if (letters > 0 && latin / letters < 0.5) return "other-language";
  const head = plain.slice(0, 500);
  if (CODE.some((pattern) => pattern.test(head))) return "code";
  const lowered = lower(head).replaceAll("ı", "i");
  const spoken = lower(head);
  const told = (pattern: RegExp) => pattern.test(spoken) || pattern.test(lowered);
  if ((told(SET_ASIDE) && told(RULES)) || COMMANDS.some(told)) return "instruction";
  return isForeign(spoken) ? "other-language" : undefined;
}

function isForeign(lowered: string): boolean {
  const found = (lowered.match(/\p{L}+/gu) ?? []).map((word) => word.replaceAll("ı", "i"));
  const foreign = found.filter((word) => FOREIGN_WORDS.has(word)).length;
  return foreign >= 2 && foreign / found.length >= 0.4;
}
