import { fold } from "#text/fold.ts";
import { meantBy } from "#text/slip.ts";
import { foldedWords } from "#text/words.ts";

const NAMES =
  "Adana,Adıyaman,Afyonkarahisar,Ağrı,Aksaray,Amasya,Ankara,Antalya,Ardahan,Artvin,Aydın,Balıkesir,Bartın,Batman,Bayburt,Bilecik,Bingöl,Bitlis,Bolu,Burdur,Bursa,Çanakkale,Çankırı,Çorum,Denizli,Diyarbakır,Düzce,Edirne,Elazığ,Erzincan,Erzurum,Eskişehir,Gaziantep,Giresun,Gümüşhane,Hakkari,Hatay,Iğdır,Isparta,İstanbul,İzmir,Kahramanmaraş,Karabük,Karaman,Kars,Kastamonu,Kayseri,Kilis,Kırıkkale,Kırklareli,Kırşehir,Kocaeli,Konya,Kütahya,Malatya,Manisa,Mardin,Mersin,Muğla,Muş,Nevşehir,Niğde,Ordu,Osmaniye,Rize,Sakarya,Samsun,Siirt,Sinop,Sivas,Şanlıurfa,Şırnak,Tekirdağ,Tokat,Trabzon,Tunceli,Uşak,Van,Yalova,Yozgat,Zonguldak";

/** The provinces of Türkiye in the order of its alphabet. */
export const PROVINCES: readonly string[] = NAMES.split(",").toSorted(new Intl.Collator("tr").compare);

/** What people call a province besides its name: short and old names, and well-known districts. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  Antep: "Gaziantep",
  Urfa: "Şanlıurfa",
  Maraş: "Kahramanmaraş",
  İzmit: "Kocaeli",
  Gebze: "Kocaeli",
  Adapazarı: "Sakarya",
  Afyon: "Afyonkarahisar",
  İçel: "Mersin",
  Tarsus: "Mersin",
  Antakya: "Hatay",
  İskenderun: "Hatay",
  Kadıköy: "İstanbul",
  Beşiktaş: "İstanbul",
  Üsküdar: "İstanbul",
  Bakırköy: "İstanbul",
  Çankaya: "Ankara",
  Keçiören: "Ankara",
  Yenimahalle: "Ankara",
  Konak: "İzmir",
  Bornova: "İzmir",
  Karşıyaka: "İzmir",
  Seferihisar: "İzmir",
  Ayvalık: "Balıkesir",
  Edremit: "Balıkesir",
  Muratpaşa: "Antalya",
  Alanya: "Antalya",
  Nilüfer: "Bursa",
  Bodrum: "Muğla",
  Fethiye: "Muğla",
};

// What a place name takes in a question: in, from, to, of, and "the one in".
const SUFFIX = /^(?:n?d[ae]|t[ae]|n?d[ae]ki(?:ler)?|t[ae]ki(?:ler)?|n?d[ae]n|t[ae]n|[yn]?[ae]|n?[iu]n|l[iu])?$/;

const PLACES: ReadonlyMap<string, string> = new Map([
  ...PROVINCES.map((province) => [fold(province), province] as const),
  ...Object.entries(OTHER_NAMES).map(([name, province]) => [fold(name), province] as const),
]);

/** The province a folded word names, suffixes allowed: "izmirdeki" → "İzmir", "antepte" → "Gaziantep". `more` adds places, by folded name. */
export function placeOf(folded: string, more: ReadonlyMap<string, string> = new Map()): string | undefined {
  for (let length = folded.length; length >= 3; length -= 1) {
    const name = folded.slice(0, length);
    const place = PLACES.get(name) ?? more.get(name);
    if (place !== undefined && SUFFIX.test(folded.slice(length))) return place;
  }
  return undefined;
}

/** The provinces that a message names, each once, whatever else it says: "Antep", "İzmir'deki etkinlikler". */
export function provincesIn(message: string): readonly string[] {
  return [...new Set(foldedWords(message).flatMap((word) => placeOf(word) ?? []))];
}

/** The province that a folded word means by a slip of the hand: "ankra". `undefined` where it can mean none, or more than one. */
export function provinceMeant(folded: string): string | undefined {
  const [province, ...others] = new Set(meantBy(folded, PLACES.keys()).map((name) => PLACES.get(name)));
  return others.length === 0 ? province : undefined;
}
