import { renderForm } from "#channels/slack/form.ts";
import { escapeMrkdwn } from "#channels/slack/mrkdwn.ts";
import { idOf, type Parsed } from "#channels/slack/parse.ts";
import type { SlackParts } from "#channels/slack/parts.ts";
import type { OpenForm } from "#core/workspace.ts";

/** Opens forms by the trigger of a press, a command or a submission, which lasts three seconds and opens one; `over`: over the form that the press was made in. */
export function openForm({ client, words, log }: SlackParts, trigger: string, over = false): OpenForm {
  return async (form) => {
    const asked = { trigger_id: trigger, view: renderForm(form, words) };
    const opened = await (over ? client.call("views.push", asked) : client.call("views.open", asked));
    if (opened.ok) return "opened";
    log.callFailed(over ? "views.push" : "views.open", opened.code);
    return opened.why === "too-late" ? "too-late" : "failed";
  };
}

/** Hands a submitted form to the desk; what becomes of it travels with the acknowledgement. */
export async function takeSubmission(
  parts: SlackParts,
  submission: Extract<Parsed, { kind: "submission" }>,
): Promise<object | undefined> {
  const { form, about, values, by, trigger } = submission;
  if (parts.staff === undefined) return undefined;
  const { words } = parts;
  const outcome = await parts.staff.submitted({ id: idOf(trigger), by, form, about, values, open: openForm(parts, trigger) });
  switch (outcome.next) {
    case "close":
      return undefined;
    case "correct": {
      const told = Object.entries(outcome.errors).map(([field, text]) => [field, escapeMrkdwn(words(text, outcome.language))]);
      return { response_action: "errors", errors: Object.fromEntries(told) as Record<string, string> };
    }
    case "show":
      return { response_action: "update", view: renderForm(outcome.form, words) };
  }
}
