import { afterEach, beforeEach, expect, test } from "vitest";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import { labels } from "../support/slack-desk.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import { runSlackBot } from "../support/slack-bot.ts";
import { describeStores } from "../support/store.ts";
import { runTelegramBot } from "../support/telegram-bot.ts";

/** By number plate, as the ministry lists them: whatever order is shown, it is not this one by chance. */
const PROVINCES =
  "Adana Adıyaman Afyonkarahisar Ağrı Amasya Ankara Antalya Artvin Aydın Balıkesir Bilecik Bingöl Bitlis Bolu Burdur Bursa Çanakkale Çankırı Çorum Denizli Diyarbakır Edirne Elazığ Erzincan Erzurum Eskişehir Gaziantep Giresun Gümüşhane Hakkari Hatay Isparta Mersin İstanbul İzmir Kars Kastamonu Kayseri Kırklareli Kırşehir Kocaeli Konya Kütahya Malatya Manisa Kahramanmaraş Mardin Muğla Muş Nevşehir Niğde Ordu Rize Sakarya Samsun Siirt Sinop Sivas Tekirdağ Tokat Trabzon Tunceli Şanlıurfa Uşak Van Yozgat Zonguldak Aksaray Bayburt Karaman Kırıkkale Batman Şırnak Bartın Ardahan Iğdır Yalova Karabük Kilis Osmaniye Düzce".split(
    " ",
  );
const IN_ORDER = PROVINCES.toSorted(new Intl.Collator("tr").compare);
const LETTERS = "abcçdefgğhıijklmnoöprsştuüvyz";
const PAGES = 7;
const NEXT = "Devamı";

let api: BotApi;
let slack: Slack;
beforeEach(async () => {
  api = await startBotApi();
  slack = await startSlack();
});
afterEach(async () => {
  await slack[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

/** The provinces on a page: their buttons carry numbers, which go on from page to page or begin anew. */
const provincesOn = (buttons: readonly string[]) =>
  buttons.map((label) => label.replace(/^\d+\. /, "")).filter((label) => PROVINCES.includes(label));

/** What is shown page by page, until there is no next one. */
async function paged(shown: () => readonly string[], turn: () => Promise<void>): Promise<string[][]> {
  const pages = [provincesOn(shown())];
  while (shown().some((label) => label.includes(NEXT)) && pages.length <= PAGES) {
    await turn();
    pages.push(provincesOn(shown()));
  }
  return pages;
}

describeStores("the 81 provinces to choose from", (place) => {
  test("stand in the order of the Turkish alphabet, each once, on Telegram and in Slack", async () => {
    expect(new Set(IN_ORDER).size).toBe(81);
    const standsAt = (letter: string) => String.fromCodePoint(65 + LETTERS.indexOf(letter));
    const spelt = (name: string) => Array.from(name.toLocaleLowerCase("tr"), standsAt).join("");
    expect(PROVINCES.toSorted((one, other) => (spelt(one) < spelt(other) ? -1 : 1))).toEqual(IN_ORDER);
    const store = await place().open();
    const member = api.person();
    const onTelegram = () => api.shown(member.chat.id).at(-1);
    const buttonsThere = () =>
      onTelegram()
        ?.reply_markup?.inline_keyboard.flat()
        .map(({ text }) => text) ?? [];
    const colleague = slack.person();
    const inSlack = () => slack.shown(colleague.dm.id).at(-1);
    const buttonsHere = () => labels(inSlack());
    {
      await using _bot = await runTelegramBot(store, api);
      member.says("/duyurular");
      await api.until(() => buttonsThere().includes("İl seçin"));
      member.presses(onTelegram(), "İl seçin");
      await api.until(() => provincesOn(buttonsThere()).length > 0);
      const pages = await paged(buttonsThere, async () => {
        const before = buttonsThere().join();
        member.presses(onTelegram(), NEXT);
        await api.until(() => buttonsThere().join() !== before);
      });
      expect(pages).toHaveLength(PAGES);
      expect(pages.flat()).toEqual(IN_ORDER);
    }
    {
      await using _bot = await runSlackBot(store, slack);
      colleague.says("duyurular");
      await slack.until(() => buttonsHere().some((label) => label.includes("İl seçin")));
      colleague.presses(inSlack(), "İl seçin");
      await slack.until(() => provincesOn(buttonsHere()).length > 0);
      const pages = await paged(buttonsHere, async () => {
        const before = buttonsHere().join();
        colleague.presses(inSlack(), NEXT);
        await slack.until(() => buttonsHere().join() !== before);
      });
      expect(pages).toHaveLength(PAGES);
      expect(pages.flat()).toEqual(IN_ORDER);
    }
  });
});
