import type { Event } from "#core/event.ts";
import { cityInWords } from "#text/city-names.ts";
import { fold } from "#text/fold.ts";
import { LANGUAGES } from "#text/language.ts";

const PROVINCES =
  "Adana,Adıyaman,Afyonkarahisar,Ağrı,Aksaray,Amasya,Ankara,Antalya,Ardahan,Artvin,Aydın,Balıkesir,Bartın,Batman,Bayburt,Bilecik,Bingöl,Bitlis,Bolu,Burdur,Bursa,Çanakkale,Çankırı,Çorum,Denizli,Diyarbakır,Düzce,Edirne,Elazığ,Erzincan,Erzurum,Eskişehir,Gaziantep,Giresun,Gümüşhane,Hakkari,Hatay,Iğdır,Isparta,İstanbul,İzmir,Kahramanmaraş,Karabük,Karaman,Kars,Kastamonu,Kayseri,Kilis,Kırıkkale,Kırklareli,Kırşehir,Kocaeli,Konya,Kütahya,Malatya,Manisa,Mardin,Mersin,Muğla,Muş,Nevşehir,Niğde,Ordu,Osmaniye,Rize,Sakarya,Samsun,Siirt,Sinop,Sivas,Şanlıurfa,Şırnak,Tekirdağ,Tokat,Trabzon,Tunceli,Uşak,Van,Yalova,Yozgat,Zonguldak";

const ONLINE = "çevrim içi";

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
  ...PROVINCES.split(",").map((province) => [fold(province), province] as const),
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

/** The place named at a position of a text, and in how many words: "cevrim ici" are two. */
export function placeAt(
  typed: readonly string[],
  position: number,
  more: ReadonlyMap<string, string>,
): { readonly name: string; readonly words: number } | undefined {
  for (const words of [2, 1]) {
    const name = placeOf(typed.slice(position, position + words).join(" "), more);
    if (name !== undefined) return { name, words };
  }
  return undefined;
}

/** The cities of the records, and the one that is none, by their folded names in both languages; joined too: "cevrimici". */
export function citiesOf(events: readonly Event[]): ReadonlyMap<string, string> {
  const cities = new Set([ONLINE, ...events.flatMap((event) => event.city ?? [])]);
  const named = [...cities].flatMap((city) => LANGUAGES.map((language) => [fold(cityInWords(city, language)), city] as const));
  return new Map(named.flatMap(([name, city]) => [[name, city] as const, [name.replaceAll(" ", ""), city] as const]));
}
