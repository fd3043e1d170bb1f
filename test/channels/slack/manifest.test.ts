import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { COMMAND, EVENT_SCOPES, METHOD_SCOPES, SCOPES, SHORTCUT, STAFF_COMMANDS } from "#channels/slack/methods.ts";

interface Manifest {
  readonly features: {
    readonly app_home: { readonly home_tab_enabled: boolean; readonly messages_tab_read_only_enabled: boolean };
    readonly shortcuts: readonly { readonly name: string; readonly callback_id: string; readonly type: string }[];
    readonly slash_commands: readonly { readonly command: string; readonly description: string }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[]; readonly user?: unknown } };
  readonly settings: {
    readonly event_subscriptions: { readonly bot_events: readonly string[] };
    readonly interactivity: { readonly is_enabled: boolean };
    readonly socket_mode_enabled: boolean;
  };
}

const manifest = parse(readFileSync("slack/manifest.yaml", "utf8")) as Manifest;
const folder = "src/channels/slack";
const code = readdirSync(folder)
  .filter((file) => file !== "methods.ts")
  .map((file) => readFileSync(`${folder}/${file}`, "utf8"))
  .join("\n");

test("asks for exactly the scopes that the methods, events and the command need", () => {
  expect(manifest.oauth_config.scopes.bot).toEqual(SCOPES);
  expect(manifest.oauth_config.scopes.user).toBeUndefined();
});

test("every method that is called stands in the table of scopes, and every one in the table is called", () => {
  const called = new Set([...code.matchAll(/\.call\(\s*"([\w.]+)"/g)].map(([, method = ""]) => method));
  expect([...called].toSorted()).toEqual(Object.keys(METHOD_SCOPES).toSorted());
});

test("subscribes to exactly the events, the command and the shortcut that are taken", () => {
  expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual(Object.keys(EVENT_SCOPES).toSorted());
  for (const event of manifest.settings.event_subscriptions.bot_events) expect(code).toContain(`"${event.split(".")[0]}"`);
  expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual([COMMAND, ...Object.keys(STAFF_COMMANDS)]);
  expect(manifest.features.shortcuts).toMatchObject([{ callback_id: SHORTCUT, type: "message", name: "Bilgi bankasında ara" }]);
  expect(manifest.settings.interactivity.is_enabled).toBe(true);
  expect(manifest.settings.socket_mode_enabled).toBe(true);
  expect(manifest.features.app_home).toMatchObject({ home_tab_enabled: true, messages_tab_read_only_enabled: false });
});

test("the page for newcomers tells what every scope is for", () => {
  const page = readFileSync("docs/slack.md", "utf8");
  for (const scope of SCOPES) expect(page).toContain(`\`${scope}\``);
  const rows = [...page.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = ""]) => cell).join(" ");
  const told = [...rows.matchAll(/`([a-z_.]+:[a-z.]+|commands)`/g)].map(([, scope = ""]) => scope);
  expect(told.toSorted()).toEqual(SCOPES);
});
