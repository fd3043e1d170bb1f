import path from "node:path";
import { z } from "zod";
import { secret, type Secret } from "#config/secret.ts";
import { slackIn, slackProblems, slackVariables, type SlackConfig } from "#config/slack.ts";
import { address, publicAddress } from "#config/variable.ts";
import { BotError } from "#core/errors.ts";
import type { Settings } from "#core/step.ts";
import { turkishHoliday } from "#core/holidays.ts";
import type { Office } from "#desk/office-hours.ts";
import { parseClosedDays, parseOfficeHours } from "#desk/office-hours.ts";

export interface Config {
  readonly serviceName: string;
  readonly knowledgeDir: string;
  readonly dataDir: string;
  readonly redisUrl?: Secret | undefined;
  readonly secretKey?: Secret | undefined;
  readonly secretKeyPrevious?: Secret | undefined;
  /** Absent, and Slack too: the console. */
  readonly telegram?: TelegramConfig | undefined;
  readonly slack?: SlackConfig | undefined;
  /** Of health and webhooks; the console opens none. */
  readonly port: number;
  /** Where everybody finds this server: calendars are given under it. Absent: none are. */
  readonly publicUrl?: string | undefined;
  readonly logLevel: "debug" | "info" | "warn" | "error";
  readonly settings: Settings;
  /** When somebody is at the desk. */
  readonly office: Office;
  /** Messages a second to many, in all processes together. */
  readonly bulkRate: number;
}

export interface TelegramConfig {
  readonly token: Secret;
  readonly apiRoot?: string | undefined;
  /** Absent: long polling. */
  readonly webhook?: { readonly url: string; readonly secret: Secret } | undefined;
  /** Bulk may go faster than 30 messages a second, each beyond that paid for in Stars. */
  readonly paidBroadcast: boolean;
}

const key = z.string().min(32, { error: "needs at least 32 characters; make one with: openssl rand -base64 32" });

/** Messages a second that Telegram takes from a bot without payment. */
const FREE_RATE = 30;

/** A setting with a form of its own. */
const written = <T>(parse: (text: string) => T | undefined, usual: string, form: string) =>
  z
    .string()
    .default(usual)
    .transform((text, context) => {
      const parsed = parse(text);
      if (parsed === undefined) context.addIssue({ code: "custom", message: `must look like ${form}` });
      return parsed;
    });

const environment = z
  .object({
    SERVICE_NAME: z.string().min(1).default("TÜRKİYE KOOP · İmece"),
    KNOWLEDGE_DIR: z.string().min(1).default("./knowledge"),
    DATA_DIR: z.string().min(1).default("./data"),
    REDIS_URL: z
      .string()
      .regex(/^(?:rediss?|redis\+sentinel|redis\+cluster):\/\/\S+$/, {
        error: "must look like redis://host:6379, rediss://…, redis+sentinel://h1,h2/name or redis+cluster://h1,h2",
      })
      .optional(),
    TELEGRAM_BOT_TOKEN: z
      .string()
      .regex(/^\d{3,20}:[\w-]{20,}$/, { error: "must look like 123456:ABC…, as @BotFather gives it" })
      .optional(),
    TELEGRAM_API_ROOT: address.optional(),
    TELEGRAM_WEBHOOK_URL: address.optional(),
    TELEGRAM_WEBHOOK_SECRET: z
      .string()
      .regex(/^[\w-]{16,256}$/, { error: "needs 16 to 256 letters, digits, _ or -; make one with: openssl rand -hex 32" })
      .optional(),
    TELEGRAM_PAID_BROADCAST: z.stringbool({ error: "must be true or false" }).default(false),
    BULK_RATE: z.coerce
      .number({ error: "must be a number of messages a second" })
      .min(1, { error: "must be at least 1" })
      .max(1000, { error: "must be at most 1000" })
      .default(25),
    ...slackVariables,
    PORT: z.coerce
      .number({ error: "must be a number" })
      .int({ error: "must be a whole number" })
      .min(0, { error: "must be 0 to 65535" })
      .max(65_535, { error: "must be 0 to 65535" })
      .default(8080),
    PUBLIC_URL: publicAddress.optional(),
    SECRET_KEY: key.optional(),
    SECRET_KEY_PREVIOUS: key.optional(),
    UNION_PHONE: z.string().min(1).optional(),
    CONTROLLER_NAME: z.string().min(1).optional(),
    CONTROLLER_CONTACT: z.string().min(1).optional(),
    DEFAULT_LOCALE: z.enum(["tr", "en"], { error: "must be tr or en" }).default("tr"),
    TIME_ZONE: z.string().refine(isTimeZone, { error: "must be a time zone such as Europe/Istanbul" }).default("Europe/Istanbul"),
    OFFICE_HOURS: written(parseOfficeHours, "Mon-Fri 09:00-17:00", "Mon-Thu 09:00-12:30 13:30-17:00, Fri 09:00-16:00"),
    CLOSED_DAYS: written(parseClosedDays, "", "2026-12-31 12:30, 2027-03-08, 2027-05-20..2027-05-21 (days, or from an hour on)"),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error"], { error: "must be debug, info, warn or error" }).default("info"),
    RETENTION_DAYS: z.coerce
      .number({ error: "must be a number of days" })
      .int({ error: "must be whole days" })
      .min(1, { error: "must be at least 1" })
      .max(3650, { error: "must be at most 3650" })
      .default(90),
  })
  .superRefine((value, context) => {
    const say = (name: string, message: string) => context.addIssue({ code: "custom", path: [name], message });
    if (value.REDIS_URL !== undefined && value.SECRET_KEY === undefined)
      say("SECRET_KEY", "is required with REDIS_URL: every process must share it; make one with: openssl rand -base64 32");
    if ((value.TELEGRAM_WEBHOOK_URL === undefined) !== (value.TELEGRAM_WEBHOOK_SECRET === undefined))
      say(
        "TELEGRAM_WEBHOOK_URL",
        "and TELEGRAM_WEBHOOK_SECRET go together: without the secret anybody could pretend to be Telegram",
      );
    if (value.BULK_RATE > FREE_RATE && !value.TELEGRAM_PAID_BROADCAST && value.TELEGRAM_API_ROOT === undefined)
      say("BULK_RATE", `above ${FREE_RATE} needs TELEGRAM_PAID_BROADCAST=true: Telegram would refuse what goes faster`);
    for (const problem of slackProblems(value)) say("SLACK_BOT_TOKEN", problem);
    if ((value.CONTROLLER_NAME === undefined) !== (value.CONTROLLER_CONTACT === undefined))
      say("CONTROLLER_NAME", "and CONTROLLER_CONTACT go together: the privacy notice names both");
  });

/**
 * Gives the environment its meaning. The only reader of it; an empty value counts as not set.
 * @throws BotError `config.invalid` that lists every problem at once, and never a value.
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
    throw new BotError("config.invalid", `The settings have ${lines.length} problem(s):\n${lines.join("\n")}`);
  }
  const value = parsed.data;
  const controller =
    value.CONTROLLER_NAME !== undefined && value.CONTROLLER_CONTACT !== undefined
      ? { name: value.CONTROLLER_NAME, contact: value.CONTROLLER_CONTACT }
      : undefined;
  return {
    serviceName: value.SERVICE_NAME,
    knowledgeDir: path.resolve(value.KNOWLEDGE_DIR),
    dataDir: path.resolve(value.DATA_DIR),
    redisUrl: secret(value.REDIS_URL),
    secretKey: secret(value.SECRET_KEY),
    secretKeyPrevious: secret(value.SECRET_KEY_PREVIOUS),
    telegram: telegramIn(value),
    slack: slackIn(value),
    port: value.PORT,
    publicUrl: value.PUBLIC_URL,
    logLevel: value.LOG_LEVEL,
    settings: {
      defaultLanguage: value.DEFAULT_LOCALE,
      timeZone: value.TIME_ZONE,
      telephone: value.UNION_PHONE,
      controller,
      retentionDays: value.RETENTION_DAYS,
    },
    bulkRate: value.BULK_RATE,
    office: {
      hours: value.OFFICE_HOURS ?? [],
      timeZone: value.TIME_ZONE,
      closure: (day) => value.CLOSED_DAYS?.get(day) ?? turkishHoliday(day),
    },
  };
}

function telegramIn(value: z.output<typeof environment>): TelegramConfig | undefined {
  const token = secret(value.TELEGRAM_BOT_TOKEN);
  const webhookSecret = secret(value.TELEGRAM_WEBHOOK_SECRET);
  const url = value.TELEGRAM_WEBHOOK_URL;
  if (token === undefined) return undefined;
  const webhook = url === undefined || webhookSecret === undefined ? undefined : { url, secret: webhookSecret };
  return { token, apiRoot: value.TELEGRAM_API_ROOT, webhook, paidBroadcast: value.TELEGRAM_PAID_BROADCAST };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
