/**
 * What kind of thing a question asks for, told by its question words. A question for a fee is not answered by a text that nobody asks for
 * fees, however many other words they share.
 */
export const ASKED = ["money", "contact", "count", "time", "duration", "place", "person", "paper", "reason", "today"] as const;
export type Asked = (typeof ASKED)[number];

// Folded; a pattern meets the whole folded text, its words set apart by single spaces.
const PATTERNS: Readonly<Record<Asked, RegExp>> = {
  money:
    /\b(?:kac (?:lira|tl|para|euro|dolar|avro)\w*|ne kadar(?:a| para| odu| ode| tut| mali)\w*|ucret\w*|fiyat\w*|masraf\w*|bedel\w*|harc\w*|aidat\w*|maliyet\w*|mal olur|tutar\w*|parali|bedava|fees?|costs?|prices?|charges?|how much|free of charge|budget)\b/,
  contact:
    /\b(?:telefon\w*|numara\w*|adres\w*|e ?posta\w*|e ?mail\w*|mail\w*|iletisim\w*|ulas(?:abil|ir|ac|mak)\w*|iban\w*|phone|address\w*|contact\w*|website|web sitesi\w*)\b/,
  count:
    /\b(?:kac (?!lira|tl|para|euro|dolar|avro|gun|ay|yil|sene|saat|hafta|zaman)\w+|kacta|sayisi\w*|sayi(?:da|lar)\w*|how many|number of|percentage|yuzde|oran\w*)\b/,
  time: /\b(?:ne zaman\w*|hangi (?:tarih|gun|ay|yil|sene)\w*|kac(?:inci)? (?:yilinda|senesinde|tarih)\w*|tarihi\w*|saat kac\w*|when|what (?:date|year|day|month)|which (?:date|year|day|month))\b/,
  duration:
    /\b(?:kac (?:gun|ay|yil|sene|saat|hafta)\w*|ne kadar (?:sure|zaman)\w*|sure(?:si|yle|ye|de|nin)?|en gec|how long|deadline\w*|within)\b/,
  place:
    /\b(?:nere\w*|nerde\w*|hangi (?:sehir|il|ulke|salon|otel|bina|yer|mekan)\w*|where|venue|which (?:city|country|place|hall|hotel))\b/,
  person: /\b(?:kim|kimi|kime|kimin|kimler\w*|kimdir|kimdi|kimmis|baskani? kim|who|whom|whose)\b/,
  paper:
    /\b(?:ornegi|ornek (?:form|metin|dilekce|sozlesme|belge)\w*|form(?:u|unu|lar)?|dilekce\w*|sablon\w*|pdf\w*|excel\w*|word|indir\w*|video\w*|kayd[ai]\w*|fotograf\w*|template|download\w*|recording|photos?|slides?|sunum\w*)\b/,
  reason: /\b(?:neden|nicin|niye|why)\b/,
  today:
    /\b(?:bugun\w*|su an\w*|simdiki|guncel\w*|bu (?:yil|sene|ay|hafta)\w*|bir sonraki|sonraki|gelecek|onumuzdeki|today\w*|now|current\w*|this (?:year|month|week)|next|latest|2026|2027)\b/,
};

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
