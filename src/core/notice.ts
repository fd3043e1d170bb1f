import type { DeliveryReport, TicketNews } from "#core/ticket.ts";
import type { Language } from "#text/language.ts";

/** News from elsewhere: the outcome of an effect arrives as an incoming of its own. */
export type Notice =
  | { readonly about: "my-data"; readonly json: string }
  | { readonly about: "ticket"; readonly ticket: string; readonly news: TicketNews }
  /** A question that somebody waits for the answer of is answered. */
  | { readonly about: "answer-found"; readonly question: string; readonly language: Language; readonly entry: string }
  /** How something that was sent at most once arrived. */
  | ({ readonly about: "delivery" } & DeliveryReport)
  /** A question that is to go to staff, and was asked where others read along. */
  | { readonly about: "hand-over"; readonly question?: string | undefined; readonly offered: readonly string[] }
  /** An event comes near; `asked`: they asked for this one, and did not only choose to be reminded of what is announced. */
  | { readonly about: "reminder"; readonly event: string; readonly asked: boolean }
  /** An announcement could not be sent: the person has blocked the bot, or is gone. */
  | { readonly about: "unreachable" };
