import type { Language } from "#text/language.ts";

/**
 * Words that join a sentence together and say nothing of its subject, folded. They tell a language apart, and a question made of
 * nothing else is a question about nothing. Words that both languages have are in neither list.
 */
export const FUNCTION_WORDS: Readonly<Record<Language, ReadonlySet<string>>> = {
  tr: wordSet(`
    ve veya ya da de ki bir bu su o onu ona onun onlar bunu buna bunun sunu bunlar ben sen biz siz bana sana bize size beni seni bizi
    sizi benim senin bizim sizin kendi ne neyi neye neden nicin niye nasil nerede nereye nereden nerde nere neresi kim kimi kime kimin
    kimler hangi hangisi hangileri kac kaci kacta kacinci zaman nezaman mi mu miyim miyiz misiniz misin musunuz musun midir mudur nedir neydi
    neler kimdir kimdi var yok varmi yokmu icin ile gibi kadar sonra once daha cok az en ama fakat ancak hem her hep hic sey seyi
    diye olan olarak olur olmaz oldu olmus olsun olacak olmak olabilir olmasi degil et eder edilir etmek edebilir yap yapar yapilir
    yapildi yapmak lazim gerek gerekir gerekiyor istiyorum isterim misal mesela hakkinda ilgili dair bilgi lutfen rica peki tamam
    evet hayir acaba simdi hani yani iste artik hala bile sadece yalniz tum butun bazi diger baska ayni boyle soyle nolur nolcak
    miydi muydu idi imis ise iken uzere gore karsi dolayi beri
  `),
  en: wordSet(`
    the a an is are was were am be been being what when where who whom whose which why how many much long do does did done can could
    should would will shall may might must of to for from with without about in on at by into over and or not no nor but if than then
    so i you he she we they it its this that these those there here my your his her our their me us them him have has had having
    please tell know want need get got any some every each all other such only just also too very yes anyone someone something
  `),
};

function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** Whether a folded word only joins others, in either language. */
export function isFunctionWord(folded: string): boolean {
  return FUNCTION_WORDS.tr.has(folded) || FUNCTION_WORDS.en.has(folded);
}
