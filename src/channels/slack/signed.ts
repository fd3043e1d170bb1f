import { CHANNEL } from "#channels/slack/place.ts";
import type { Address } from "#core/message.ts";
import type { Buttons, Press, PressUnder } from "#presses/buttons.ts";
import type { Language } from "#text/language.ts";

/** What a button of this channel stands for, once its signature holds for whoever pressed it. */
export type Read<T> = ({ readonly address: Address } & T) | "refused" | "expired";

const SEPARATOR = " ";

/** The place is carried along: an answer for one person alone may be shown where its conversation is not. */
export function signChoice(buttons: Buttons, to: Address, press: Press | PressUnder, now: number): string {
  return [buttons.sign(to, press, now), to.chat, to.thread ?? ""].join(SEPARATOR);
}

export function readChoice(buttons: Buttons, person: string, value: string, now: number): Read<Press | PressUnder> {
  const [signed = "", chat = "", thread = ""] = value.split(SEPARATOR);
  const address: Address = { channel: CHANNEL, chat, ...(thread === "" ? {} : { thread }), person };
  const read = buttons.read(address, signed, now);
  return typeof read === "string" ? read : { address, ...read };
}

interface Shareable {
  readonly entry: string;
  readonly language: Language;
}

/** What is to be shown to everyone: an entry, in the language it was read in. */
export function signShare(buttons: Buttons, to: Address, { entry, language }: Shareable, now: number): string {
  const about = { ...to, thread: shareOf(entry, language) };
  return [buttons.sign(about, { turn: 0, option: 0 }, now), to.chat, language, entry].join(SEPARATOR);
}

export function readShare(buttons: Buttons, person: string, value: string, now: number): Read<Shareable> {
  const [signed = "", chat = "", given = "", entry = ""] = value.split(SEPARATOR);
  const language: Language = given === "en" ? "en" : "tr";
  const address: Address = { channel: CHANNEL, chat, person };
  const read = buttons.read({ ...address, thread: shareOf(entry, language) }, signed, now);
  return typeof read === "string" ? read : { address, entry, language };
}

function shareOf(entry: string, language: Language): string {
  return `share ${language} ${entry}`;
}
