import type { Shown, Stretch } from "./phone.ts";

/** A bubble of a chat: the member's words, or a message of the bot. */
export type Bubble = { readonly by: "member"; readonly text: string } | { readonly by: "bot"; readonly shown: Shown };

const WIDTH = 460;
const MARGIN = 14;
const BUBBLE = 372;
const PAD = 12;
const LINE = 20;
const BUTTON = 32;
const GAP = 6;
/** Of a letter of the font, on average. */
const LETTER = 7.7;
const LETTERS = Math.floor((BUBBLE - 2 * PAD) / LETTER);

const STYLE = `
  .chat { fill: #dfe7ec } .bot { fill: #ffffff } .member { fill: #d9f3c4 } .button { fill: #b9c9d3 }
  text { font: 14px system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: #14202a }
  .b { font-weight: 600 } .a { fill: #1565c0 } .label { text-anchor: middle; font-weight: 500 }
  @media (prefers-color-scheme: dark) {
    .chat { fill: #0e1621 } .bot { fill: #182533 } .member { fill: #2b5278 } .button { fill: #22303f }
    text { fill: #eaf1f6 } .a { fill: #6ab3f3 }
  }`;

/** Draws a chat as SVG, readable on light and dark pages. */
export function drawChat(bubbles: readonly Bubble[], description: string): string {
  const parts: string[] = [];
  let top = MARGIN;
  for (const bubble of bubbles) {
    const lines =
      bubble.by === "member" ? wrap([{ text: bubble.text, bold: false, url: undefined }]) : bubble.shown.lines.flatMap(wrap);
    const height = lines.length * LINE + 2 * PAD - 4;
    const longest = Math.max(...lines.map((line) => lengthOf(line)));
    const width = bubble.by === "member" ? longest * LETTER + 2 * PAD + 8 : BUBBLE;
    const left = bubble.by === "member" ? WIDTH - MARGIN - width : MARGIN;
    parts.push(box(left, top, width, height, bubble.by));
    for (const [at, line] of lines.entries()) parts.push(write(line, left + PAD, top + PAD + 12 + at * LINE));
    top += height;
    for (const row of bubble.by === "bot" ? bubble.shown.rows : []) {
      top += GAP;
      const each = (BUBBLE - GAP * (row.length - 1)) / row.length;
      for (const [at, label] of row.entries()) {
        const x = MARGIN + at * (each + GAP);
        parts.push(
          box(x, top, each, BUTTON, "button"),
          `<text class="label" x="${round(x + each / 2)}" y="${top + 21}">${escape(label)}</text>`,
        );
      }
      top += BUTTON;
    }
    top += MARGIN;
  }
  const size = `width="${WIDTH}" height="${top}" viewBox="0 0 ${WIDTH} ${top}"`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escape(description)}">`;
  return [head, `<style>${STYLE}\n</style>`, box(0, 0, WIDTH, top, "chat"), ...parts, "</svg>", ""].join("\n");
}

function box(x: number, y: number, width: number, height: number, name: string): string {
  return `<rect class="${name}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${name === "button" ? 8 : 14}"/>`;
}

function write(line: readonly Stretch[], x: number, y: number): string {
  const spans = line.map(
    ({ text, bold, url }) => `<tspan class="${bold ? "b" : url === undefined ? "t" : "a"}">${escape(text)}</tspan>`,
  );
  return `<text x="${round(x)}" y="${y}" xml:space="preserve">${spans.join("")}</text>`;
}

/** Breaks a line between words where a bubble ends. */
function wrap(line: readonly Stretch[]): Stretch[][] {
  const lines: Stretch[][] = [[]];
  for (const stretch of line) {
    for (const word of stretch.text.split(/(?<= )/)) {
      const last = lines.at(-1) ?? [];
      if (last.length > 0 && lengthOf(last) + word.trimEnd().length > LETTERS) lines.push([{ ...stretch, text: word }]);
      else last.push({ ...stretch, text: word });
    }
  }
  return lines;
}

function lengthOf(line: readonly Stretch[]): number {
  return line.reduce((sum, { text }) => sum + text.length, 0);
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
