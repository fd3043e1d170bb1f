/**
 * What kind of thing a question asks for, told by its question words. A question for a fee is not answered by a text that nobody asks for
 * fees, however many other words they share.
 */
export const ASKED = ["money", "contact", "count", "time", "duration", "place", "person", "paper", "reason", "today"] as const;
export type Asked = (typeof ASKED)[number];

// What may follow such a short noun in a question, folded: "gunlerdeydi", "ilinde", "yilki"; not "gundem", "ilke", "Ayvalik".
const ENDING = String.raw`(?:l[ae]r)?(?:s?[iu]|[iu]m[iu]z|[iu]n[iu]z)?(?:n?[dt][ae]n?|y?[ae]|n?[iu]n|y?[iu]|l[iu]k?)?(?:k[iu]\w*|yd[iu]\w*|d[iu]r)?`;
const CURRENCY = "(?:lira|tl|para|euro|dolar|avro)";
const SPAN = `(?:gun|ay|yil|sene|saat|hafta)${ENDING}`;

// Folded; a pattern meets the whole folded text, its words set apart by single spaces.
const PATTERNS: Readonly<Record<Asked, RegExp>> = {
  money: asking(
    String.raw`kac ${CURRENCY}\w*|(?:^|peki )ne kadar$|ne kadar(?:a| para| odu| ode| tut| mali)\w*|ucret\w*|fiyat\w*|masraf\w*|bedel\w*|harc\w*|aidat\w*|maliyet\w*|mal olur|tutar\w*|parali|bedava|fees?|costs?|prices?|charges?|how much|free of charge|budget`,
  ),
  contact:
    /\b(?:telefon\w*|numara\w*|adres\w*|e ?posta\w*|e ?mail\w*|mail\w*|iletisim\w*|ulas(?:abil|ir|ac|mak)\w*|iban\w*|phone|address\w*|contact\w*|website|web sitesi\w*)\b/,
  count: asking(
    String.raw`kac (?!${CURRENCY}|${SPAN}\b|zaman)\w+|kacta|sayisi\w*|sayi(?:da|lar)\w*|how many|number of|percentage|yuzde|oran\w*`,
  ),
  time: asking(
    String.raw`ne ?zaman\w*|hangi (?:tarih\w*|(?:gun|ay|yil|sene)${ENDING})|kac(?:inci)? (?:yilinda|senesinde|tarih)\w*|tarihi\w*|saat kac\w*|when|what (?:date|year|day|month)|which (?:date|year|day|month)`,
  ),
  // "sure" is also what people are in English.
  duration: asking(
    String.raw`kac ${SPAN}|ne kadar (?:sure|zaman)\w*|(?<!\b(?:you|not|be|am|i|m|re|make|for|quite|pretty) )sure(?:si|yle|ye|de|nin)?|en gec|how long|deadline\w*|within`,
  ),
  place: asking(
    String.raw`nere\w*|nerde\w*|hangi (?:(?:sehir|salon|otel|mekan)\w*|(?:sehr|il|ulke|bina|yer)${ENDING})|where|venue|which (?:city|country|place|hall|hotel)`,
  ),
  person: /\b(?:kim|kimi|kime|kimin|kimler\w*|kimdir|kimdi|kimmis|baskani? kim|who|whom|whose)\b/,
  paper:
    /\b(?:ornegi|ornek (?:form|metin|dilekce|sozlesme|belge)\w*|form(?:u|unu|lar)?|dilekce\w*|sablon\w*|pdf\w*|excel\w*|word|indir\w*|video\w*|kayd[ai]\w*|fotograf\w*|template|download\w*|recording|photos?|slides?|sunum\w*)\b/,
  reason: /\b(?:neden|nicin|niye|why)\b/,
  // A year that no entry speaks of yet asks for what is new.
  today: asking(
    String.raw`bugun\w*|su an\w*|simdiki|guncel\w*|bu (?:yil|sene|ay|hafta)${ENDING}|bir sonraki|sonraki|gelecek|onumuzdeki|today\w*|now|current\w*|this (?:year|month|week)|next|latest|20(?:2[6-9]|[3-9]\d)`,
  ),
};

function asking(pattern: string): RegExp {
  return new RegExp(String.raw`\b(?:${pattern})\b`);
}

/** Which kinds of things a folded text asks for, as a set of bits in the order of {@link ASKED}. */
export function askedFor(folded: string): number {
  let bits = 0;
  for (const [position, kind] of ASKED.entries()) if (PATTERNS[kind].test(folded)) bits |= 1 << position;
  return bits;
}

/** How many kinds a set of bits holds. */
export function countAsked(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}
