import { plain, type Block, type View } from "#channels/slack/blocks.ts";
import { body, buttonRows } from "#channels/slack/card.ts";
import { LIMITS } from "#channels/slack/limits.ts";
import { shown } from "#channels/slack/render.ts";
import type { Text } from "#core/message.ts";
import type { Form, FormField } from "#core/workspace.ts";
import type { Words } from "#i18n/words.ts";
import { fit } from "#text/split.ts";

/** What a form looks like in Slack. */
export function renderForm(form: Form, words: Words): View {
  const short = (text: Text, most: number) => plain(fit(shown(text, words, form.language).words, most) || "…");
  return {
    type: "modal",
    callback_id: form.name,
    private_metadata: form.about,
    title: short(form.title, LIMITS.viewTitle),
    ...(form.send === undefined ? {} : { submit: short(form.send, LIMITS.viewTitle) }),
    close: short(form.cancel, LIMITS.viewTitle),
    blocks: [
      ...body(form.paragraphs, words, form.language, LIMITS.message),
      ...buttonRows(form.buttons ?? [], words, form.language),
      ...form.fields.map((field) => inputFor(field, short)),
    ],
  };
}

type Short = (text: Text, most: number) => { readonly type: "plain_text"; readonly text: string };

/** The block is named as its field, so that errors find it. */
function inputFor(field: FormField, short: Short): Block {
  return {
    type: "input",
    block_id: field.id,
    label: short(field.label, LIMITS.inputLabel),
    optional: field.optional ?? false,
    ...(field.hint === undefined ? {} : { hint: short(field.hint, LIMITS.hint) }),
    element: field.kind === "text" ? textInput(field) : choiceInput(field, short),
  };
}

function textInput({ id, lines, value = "", most = LIMITS.input }: Extract<FormField, { kind: "text" }>) {
  const length = Math.min(most, LIMITS.input);
  const initial = value.slice(0, length).toWellFormed();
  const given = initial === "" ? {} : { initial_value: initial };
  return { type: "plain_text_input", action_id: id, multiline: lines === "many", max_length: length, ...given };
}

function choiceInput(field: Extract<FormField, { kind: "choice" | "choices" }>, short: Short) {
  const { id, kind, chosen = [] } = field;
  const options = field.options
    .slice(0, LIMITS.options)
    .map(({ label, value }) => ({ text: short(label, LIMITS.label), value: value.slice(0, LIMITS.optionValue) }));
  const initial = options.filter(({ value }) => chosen.includes(value));
  if (kind === "choice") {
    return { type: "static_select", action_id: id, options, ...(initial[0] === undefined ? {} : { initial_option: initial[0] }) };
  }
  const type = options.length > LIMITS.checkboxes ? "multi_static_select" : "checkboxes";
  return { type, action_id: id, options, ...(initial.length === 0 ? {} : { initial_options: initial }) };
}
