import fc from "fast-check";
import { expect, test } from "vitest";
import type { Block } from "#channels/slack/blocks.ts";
import { renderCard } from "#channels/slack/card.ts";
import { renderForm } from "#channels/slack/form.ts";
import { renderHome } from "#channels/slack/home.ts";
import { LIMITS } from "#channels/slack/limits.ts";
import { renderSlack, type Manner, type Rendered } from "#channels/slack/render.ts";
import type { Reply, Text } from "#core/message.ts";
import type { Press, PressUnder } from "#presses/buttons.ts";
import { createWords } from "#i18n/words.ts";
import { checkBlocks } from "../../support/slack/blocks.ts";
import { checkView } from "../../support/slack/views.ts";
import { lastOf } from "../../support/talk.ts";
import { SAMPLES } from "../samples.ts";

const words = await createWords(new URL("../../../locales/", import.meta.url), { service: "TÜRKİYE KOOP · İmece" });
const sign = (press: Press | PressUnder) => Object.values(press).join(".");
const render = (reply: Reply, manner: Partial<Manner> = {}) => renderSlack(reply, words, { sign, ...manner });

const MANNERS: Readonly<Record<string, Partial<Manner>>> = {
  "for one person alone": { share: (entry) => `share.${entry}` },
  "shown to everyone": { sharedBy: "U01001" },
};

test.each(Object.keys(SAMPLES))("%s looks as agreed", async (name) => {
  const reply = SAMPLES[name];
  if (reply === undefined) throw new Error(name);
  await expect(drawn(render(reply))).toMatchFileSnapshot(`golden/${name.replaceAll(" ", "-")}.json`);
});

test.each(Object.keys(MANNERS))("an answer %s looks as agreed", async (name) => {
  const rated = {
    label: { key: "button.helpful" },
    action: { act: "rate", entry: "esmed-nedir", helpful: true },
    listed: false,
  } as const;
  const { answer } = SAMPLES;
  if (answer?.kind !== "choices") throw new Error("an answer has choices");
  const reply: Reply = { ...answer, options: [rated, ...answer.options.slice(1)] };
  await expect(drawn(render(reply, MANNERS[name]))).toMatchFileSnapshot(`golden/answer-${name.replaceAll(" ", "-")}.json`);
});

function drawn(rendered: readonly Rendered[]): string {
  return `${JSON.stringify(rendered, null, 2)}\n`;
}

test("commands are told as they can be typed here, and nothing else is taken for one", () => {
  const [help] = render({
    kind: "say",
    language: "tr",
    paragraphs: [{ key: "help.commands" }, { words: "a/b /gizlilik", url: "https://a.example/dil" }],
  });
  const text = help?.kind === "message" ? JSON.stringify(help.blocks) : "";
  expect(text).toContain("/imece gizlilik: aydınlatma metni");
  expect(text).toContain("/imece verilerimi_sil");
  expect(text).not.toContain("/imece dil|");
  expect(text).toContain("<https://a.example/dil|a/b /gizlilik>");
});

test("so they are in what the bot tells about itself, and nowhere else that somebody wrote", () => {
  const shown = lastOf("neler yapabilirsin").replies.flatMap((reply) => render(reply));
  expect(JSON.stringify(shown)).toContain("Konular için /imece konular, etkinlikler için /imece etkinlikler");
  const quoted = render({ kind: "say", language: "tr", paragraphs: [{ words: "bana /konular yazdı" }] });
  expect(JSON.stringify(quoted)).toContain("bana /konular yazdı");
});

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 9000 }),
  fc.string({
    unit: fc.constantFrom("z", " ", "\n", "<", "&", "😀", "👩‍👩‍👦", "ş", ". ", "\uD83D", "*", "<!channel>"),
    maxLength: 9000,
  }),
);
const written = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.type === "section" && block.text?.type === "plain_text" ? block.text.text : []));
const texts = (blocks: readonly Block[]) => blocks.flatMap((block) => (block.type === "section" ? (block.text?.text ?? []) : []));

/** Calls and links as Slack finds them: only those that were meant are left. */
const steers = (blocks: readonly Block[]) => texts(blocks).flatMap((text) => text.match(/<[^>]*>/g) ?? []);

test("whatever the words are, every message is one that Slack takes, calls nobody, and loses nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyText, fc.boolean()), { minLength: 1, maxLength: 4 }), (given) => {
      const paragraphs = given.map(([text, linked]) => ({
        words: text,
        ...(linked ? { url: "https://a.example/?a=1&b=2" } : {}),
      }));
      let seen = "";
      for (const message of render({ kind: "say", language: "tr", paragraphs })) {
        if (message.kind !== "message") throw new Error("a say is a message");
        checkBlocks(message.blocks, LIMITS.blocks);
        expect(message.text.isWellFormed()).toBe(true);
        expect(message.text.length).toBeGreaterThan(0);
        for (const found of steers(message.blocks)) expect(found).toMatch(/^<https:\/\/a\.example\/\?a=1&amp;b=2\|/);
        expect(message.text).not.toMatch(/<[^>]*>/);
        seen += texts(message.blocks).join("");
      }
      const letters = (text: string) => text.replace(/<[^|>]*\||&\w+;/g, "").replace(/[^zş😀]/gu, "");
      expect(letters(seen)).toBe(given.map(([text]) => text.replace(/[^zş😀]/gu, "")).join(""));
    }),
    { numRuns: 150 },
  );
});

test.each(["*Borcunuz* yok", "_önemli_", "~eski~", "`kod`", "> alıntı", "  > alıntı", ":smile:", "*üç\nsatır*\n> dört"])(
  "%j is shown letter for letter, in a message, a card, a form and a page",
  (wording) => {
    const paragraphs = [{ key: "welcome.privacy" } as const, { words: `${wording} <!channel> & <b>` }];
    const [message] = render({ kind: "say", language: "tr", paragraphs });
    const shown = [
      message?.kind === "message" ? message.blocks : [],
      renderCard({ language: "tr", paragraphs }, words).blocks,
      renderForm(
        { language: "tr", name: "a", about: "b", title: { words: "c" }, paragraphs, fields: [], cancel: { words: "d" } },
        words,
      ).blocks,
      renderHome([{ title: { words: "a" }, paragraphs }], words, "tr").blocks,
    ];
    for (const blocks of shown)
      expect(written(blocks)).toEqual([`${wording.trim().replaceAll(">", "&gt;")} &lt;!channel&gt; &amp; &lt;b&gt;`]);
  },
);

test("however often plain words and marked ones take turns, none of them is left out", () => {
  const paragraphs = Array.from({ length: 20 }, (_, at) => ({ words: at % 2 === 0 ? `*soru ${at}*` : `soru ${at}` }));
  const { blocks } = renderCard({ language: "tr", paragraphs }, words);
  expect(
    texts(checkBlocks(blocks, LIMITS.blocks) as readonly Block[])
      .join("\n")
      .match(/soru \d+/g),
  ).toHaveLength(20);
  const home = renderHome(
    [1, 2, 3, 4].map((at) => ({ title: { words: `${at}` }, paragraphs })),
    words,
    "tr",
  );
  expect(
    texts(checkView(home, "home").blocks as readonly Block[])
      .join("\n")
      .match(/soru \d+/g),
  ).toHaveLength(80);
});

test.each([
  ["one of characters that Slack has escaped", ["&".repeat(3000)]],
  ["several long ones", Array.from({ length: 6 }, () => "ğ".repeat(3000))],
  ["many short ones", Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? "*a*" : "b"))],
])("of a text that a card or a form does not hold it is said how much more there is: %s", (_name, given) => {
  const paragraphs = given.map((each) => ({ words: each }));
  const form = {
    language: "tr",
    name: "a",
    about: "b",
    title: { words: "c" },
    paragraphs,
    fields: [],
    cancel: { words: "d" },
  } as const;
  const shown = [
    checkBlocks(renderCard({ language: "tr", paragraphs }, words).blocks, LIMITS.blocks),
    checkView(renderForm(form, words), "modal").blocks,
  ];
  for (const blocks of shown) {
    const [last = "", ...before] = texts(blocks as readonly Block[]).toReversed();
    const more = Number(/^Metin burada bitmiyor: (\d+) karakter daha var\.$/.exec(last)?.[1]);
    const seen = before.join("").replaceAll("&amp;", "&").replaceAll("\n", "");
    expect(seen.length + more).toBe(given.join("").length);
    expect(more).toBeGreaterThan(0);
  }
});

test("a preview holds the longest answer whole", () => {
  const answer = `Sayın ortağımız, ${"dilekçenizi & ekini yönetim kuruluna verin. ".repeat(80)}`.slice(0, 3000);
  const form = { language: "tr", name: "a", about: "b", title: { words: "c" }, fields: [], cancel: { words: "d" } } as const;
  const { blocks } = renderForm({ ...form, paragraphs: [{ words: answer }] }, words);
  expect(texts(blocks).join("\n").replaceAll("&amp;", "&").replace(/\s+/g, " ")).toBe(answer.trim().replace(/\s+/g, " "));
});

test("beside a name or a link no word becomes markup either", () => {
  const named: Text = {
    key: "staffHome.questionOf",
    values: { number: "K7Q", question: "*borcum* _ne_ `x` ~y~ ad_soyad", by: "U01001" },
  };
  const linked: Text = { words: "*Kaynak*", url: "https://a.example" };
  const { blocks } = renderCard({ language: "tr", paragraphs: [named, linked] }, words);
  expect(texts(blocks).join("")).toContain("<@U01001>");
  expect(texts(blocks).join("")).toContain("ad_soyad");
  expect(texts(blocks).join("")).not.toMatch(/[*`~]|_ne_/);
});

test("whatever staff and members wrote, a card, a form and a page are ones that Slack takes", () => {
  fc.assert(
    fc.property(
      fc.array(anyText, { minLength: 1, maxLength: 12 }),
      fc.string({ unit: "grapheme", maxLength: 60 }),
      (given, label) => {
        const all = given.map((text) => ({ words: text }));
        const [first = { words: "" }] = all;
        const button = { label: { words: label }, action: "claim", value: "t-1" };
        const buttons = Array.from({ length: 7 }, (_unused, at) => ({ ...button, action: `claim-${at}` }));
        const fields = all.map((value) => ({ label: { words: label }, value }));
        const card = renderCard(
          { language: "tr", title: first, paragraphs: all, fields, notes: all, buttons, calls: ["U01001"] },
          words,
        );
        checkBlocks(card.blocks, LIMITS.blocks);
        for (const found of steers(card.blocks)) expect(found).toBe("<@U01001>");
        const form = {
          language: "tr",
          name: "reply",
          about: "t-1",
          title: first,
          paragraphs: all,
          fields: [
            { kind: "text", id: "a", label: first, lines: "many", value: given[0] ?? "", hint: first },
            {
              kind: "choices",
              id: "b",
              label: { words: label },
              options: all.map((text, at) => ({ label: text, value: String(at) })),
            },
          ],
          send: { words: label },
          cancel: { words: label },
        } as const;
        checkView(renderForm(form, words), "modal");
        checkView(
          renderHome(
            all.map((title) => ({ title, paragraphs: all, buttons: [button] })),
            words,
            "tr",
          ),
          "home",
        );
      },
    ),
    { numRuns: 60 },
  );
});
