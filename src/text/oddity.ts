import { fold } from "#text/fold.ts";
import { isForeign } from "#text/foreign.ts";

/** A message that is no question in Turkish or English, by what it is instead. */
export type Oddity = "empty" | "symbols" | "other-language" | "code" | "instruction";

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const LETTERS = /\p{L}/gu;
const LATIN_LETTERS = /\p{Script=Latin}/gu;

// Members write brackets, semicolons and English words of programming ("select", "import", "var") in questions: each pattern asks for more
// of a program than one such sign.
const TAG =
  "(?:a|b|i|p|u|br|hr|em|li|ol|ul|td|th|tr|h[1-6]|div|img|svg|pre|code|span|html|head|body|form|link|meta|style|table|input|strong|script|iframe|object|embed|button|textarea|video|audio)";
const COMMAND = "(?:rm|ls|cd|id|cat|echo|curl|wget|sudo|whoami|sh|bash|ping|exit|true|false|null|return)";
const CODE = [
  // "<kooperatif adı>" is a blank to fill in.
  new RegExp(
    String.raw`</[a-z][a-z0-9]*\s*>|<${TAG}(?:\s[^>]{0,80})?/?>|<[a-z][a-z0-9]*\s[^>=]{0,40}=[^>]{0,40}>|<\?php|<%`,
    "i",
  ),
  /\bselect\s+\*\s+from\b|^\s*select\b.{0,60}\bfrom\s+\w+\s*(?:;|$|where\b)|\bselect\b.{0,60}\bfrom\s+\w+\s+where\s+\w+\s*(?:[=<>]|like\b|in\s*\()/i,
  /\binsert\s+into\s+\w+\s*(?:\(|values\b)|(?:^|;)\s*delete\s+from\s+\w+|\b(?:drop|alter|truncate)\s+(?:table|database)\b|\bcreate\s+table\s+\w+\s*\(/i,
  /\bunion\s+(?:all\s+)?select\s+(?:null|\*|\d|')|'\s*(?:or|and)\s+'?\w*'?\s*=\s*'?\w*/i,
  /\b(?:const|let|var)\s+[A-Za-z_$][\w$]*\s*=[^=]|\bfunction\s*\w*\s*\([^)]*\)\s*\{|\bdef\s+\w+\s*\([^)]*\)\s*:|\bclass\s+\w+\s*(?:\{|extends\b)|\breturn\s+[\w.]+\s*;/,
  /^\s*from\s+[\w.]+\s+import\b|^\s*import\s+(?:os|sys|re|json|numpy|pandas|requests|subprocess|random|math|time|java[\w.]*)\b|^\s*import\b.{1,60}\bfrom\s+["']/m,
  /^\s*(?:#include\s*[<"]|sudo\s+\w|rm\s+-\w|chmod\s+\S|wget\s+https?:|curl\s+(?:-|https?:)|npm\s+(?:install|run|i|ci)\b|git\s+(?:clone|push|pull|commit|status|checkout)\b)/m,
  // "koopbis.gov.tr(kayıt)" is an address with a remark.
  /\b[A-Za-z_$][\w$]*(?:\.[a-z_$][\w$]*)+(?<!\.(?:tr|com|org|net|gov|edu|coop|info|eu))\([^)]{0,60}\)|\b[A-Za-z_$][\w$]*\((?:\s*|["'][^)]{0,60}["'])\)|\b(?:print|alert|eval|exec|system|sleep|require)\([^)]{0,60}\)/,
  /\w\([^)]{0,60}\)\s*(?:\{|;\s*\S)|\{[^{}]*(?:[;=]|["']\s*:)[^{}]*\}|\b\w+\s*=\s*[^;=\s][^;=]{0,40};\s*$|\{\{|\{%/m,
  /\)\s*=>|=>\s*[{(]|\$\{|\.\.\/|\w::\w/,
  // People join words by them too.
  new RegExp(String.raw`(?:&&|\|\|)\s*(?:[!(]|${COMMAND}\b)|[)!]\s*(?:&&|\|\|)|\(\s*!?[\w.]+\s*(?:&&|\|\|)`),
];

const RULES = "(?:instruction|guideline|rule|prompt|filter|restriction|talimat|kural|yonerge|sistem mesaj|filtre)";
// Where an order begins; "can the board ignore the rules?" is a question.
const BEGINNING = String.raw`(?:^|[.!?;:,\n"'(]\s*|\b(?:please|now|then|and|lutfen|simdi|hadi|ve) +)`;
const SET_ASIDE = "(?:ignore|disregard|forget|bypass|override)";
const UNUT = String.raw`(?<!\p{L})(?:unut|unutun|unutunuz|bosver|bos ver|bos verin|yok say|yok sayin|yoksay|gormezden gel|gormezden gelin|devre disi birak|goz ardi et|dikkate alma(?! (?:ve \p{L}+m[ae] )?(?:yukumlulu|zorunlulu|sorumlulu|gereklili|gorev|odev|borc|hakk|bicim|sekl|usul|sart)))(?!\p{L})`;
/** A clause that asks what others may do or what comes of it: "can a member resign and act as an auditor". */
const ASKS_OF_OTHERS =
  /(?<=^|[.!?;:,\n])\s*(?:can|could|may|might|must|shall|should|will|would|do|does|did|is|are|was|were|has|have|if|what|when|where|who|which|how|why)(?! (?:you|not)\b) [^.!?;:,\n]*/g;
/** Orders, where they do not stand in a question about others. */
const ORDERS = [
  `${SET_ASIDE}\\b[^.?!]{0,30}\\byour\\b[^.?!]{0,30}${RULES}`,
  `${BEGINNING}${SET_ASIDE}\\b(?: \\w+){0,4} ${RULES}`,
  `${BEGINNING}act as (?:an?|my|if) `,
].map((pattern) => new RegExp(pattern, "u"));
const INSTRUCTIONS = [
  `${SET_ASIDE}\\b[^.?!]{0,30}\\b(?:(?:previous|prior|above|earlier|preceding|system|safety)\\b[^.?!]{0,30}${RULES}|your (?:\\w+ ){0,2}(?:instruction|guideline|prompt))`,
  `${RULES}\\p{L}* (?:\\p{L}+ ){0,3}${UNUT}`,
  `${UNUT}[^.?!,;]{0,40}${RULES}`,
  `${BEGINNING}pretend (?:to be|you|that you)\\b`,
  String.raw`\byou are now\b`,
  String.raw`\b(?:print|reveal|show|repeat|output|tell) (?:me )?your (?:\w+ ){0,2}(?:prompt|instruction|system message)`,
  String.raw`\b(?:print|reveal|show|repeat|output|tell) (?:me )?the (?:prompt\b|text above|(?:system|hidden|secret|initial|original) (?:prompt|instruction|message))`,
  String.raw`\beverything (?:before|above) this\b`,
  String.raw`\b(?:gizli|sistem) (?:talimat|prompt|komut)`,
  String.raw`\btum kayitlari\b.*\baktar`,
  String.raw`\b(?:developer|jailbreak|dan) mode\b`,
].map((pattern) => new RegExp(pattern, "u"));

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
  const folded = fold(head);
  const ordered = folded.replace(ASKS_OF_OTHERS, " ");
  if (INSTRUCTIONS.some((pattern) => pattern.test(folded)) || ORDERS.some((pattern) => pattern.test(ordered)))
    return "instruction";
  return isForeign(head) ? "other-language" : undefined;
}
