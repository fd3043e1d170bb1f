import { Refusal, type Block, type Element, type TextObject } from "./shapes.ts";

const MOST_ACTION_ID = 255;
const MOST_VALUE = 2000;
const MOST_LABEL = 75;
const MOST_QUESTION_TITLE = 100;
const MOST_QUESTION = 300;
const MOST_QUESTION_LABEL = 30;
const MOST_ELEMENTS = 25;
const MOST_CONTEXT = 10;
const MOST_FIELDS = 10;
const MOST_SECTION = 3000;
const MOST_FIELD = 2000;
const MOST_HEADER = 150;
const MOST_OPTIONS = 100;
const MOST_TEXT_IN_BLOCKS = 13_200;
const MOST_PLACEHOLDER = 150;
const MOST_INPUT = 3000;

type Refuse = (why: string) => never;

/** Refuses blocks as Slack does. https://docs.slack.dev/reference/block-kit/blocks */
export function checkBlocks(blocks: unknown, most: number): Block[] {
  const refuse: Refuse = (why) => {
    throw new Refusal("invalid_blocks", { response_metadata: { messages: [`[ERROR] ${why}`] } });
  };
  if (!Array.isArray(blocks)) return refuse("blocks must be a list");
  const list = blocks as Block[];
  if (list.length > most) refuse(`no more than ${most} items allowed [json-pointer:/blocks]`);
  const ids = list.flatMap(({ block_id }) => block_id ?? []);
  if (new Set(ids).size !== ids.length) refuse("block_id must be unique");
  for (const block of list) checkBlock(block, refuse);
  if (JSON.stringify(list.map(wordsOf)).length > MOST_TEXT_IN_BLOCKS) throw new Refusal("msg_blocks_too_long");
  return list;
}

const wordsOf = (block: Block) => [block.text?.text, ...(block.fields ?? []).map(({ text }) => text)];

function checkBlock(block: Block, refuse: Refuse): void {
  if ((block.block_id ?? "").length > MOST_ACTION_ID) refuse("block_id is too long");
  const elements = block.elements ?? [];
  switch (block.type) {
    case "section":
      if (block.text === undefined && block.fields === undefined) refuse("a section needs text or fields");
      if (block.text !== undefined) checkText(block.text, MOST_SECTION, refuse);
      if ((block.fields ?? []).length > MOST_FIELDS) refuse("too many fields");
      for (const field of block.fields ?? []) checkText(field, MOST_FIELD, refuse);
      if (block.accessory !== undefined) checkElement(block.accessory, refuse);
      return;
    case "header":
      if (block.text?.type !== "plain_text") refuse("a header is plain text");
      checkText(block.text, MOST_HEADER, refuse);
      return;
    case "context":
      if (elements.length < 1 || elements.length > MOST_CONTEXT) refuse("a context holds 1 to 10 elements");
      for (const element of elements) checkText(element as unknown as TextObject, MOST_SECTION, refuse);
      return;
    case "actions": {
      if (elements.length < 1 || elements.length > MOST_ELEMENTS) refuse("actions hold 1 to 25 elements");
      const ids = elements.map(({ action_id }) => action_id);
      if (new Set(ids).size !== ids.length) refuse("action_id must be unique in a block");
      for (const element of elements) checkElement(element, refuse);
      return;
    }
    case "input":
      if (block.label?.type !== "plain_text") refuse("an input needs a label of plain text");
      checkText(block.label, MOST_FIELD, refuse);
      if (block.element === undefined) refuse("an input needs an element");
      checkElement(block.element ?? { type: "" }, refuse);
      return;
    case "divider":
      return;
    default:
      refuse(`unsupported type: ${block.type}`);
  }
}

function checkText(text: TextObject | undefined, most: number, refuse: Refuse): void {
  if (text === undefined || !["mrkdwn", "plain_text"].includes(text.type)) return refuse("a text needs its type");
  if (text.text.length < 1) refuse("must be more than 0 characters");
  if (text.text.length > most) refuse(`must be less than ${most + 1} characters`);
  if (!text.text.isWellFormed()) refuse("must be well-formed");
}

function checkQuestion({ title, text, confirm, deny }: Readonly<Record<string, TextObject>>, refuse: Refuse): void {
  checkText(title, MOST_QUESTION_TITLE, refuse);
  checkText(text, MOST_QUESTION, refuse);
  for (const answer of [confirm, deny]) checkText(answer, MOST_QUESTION_LABEL, refuse);
}

function checkElement(element: Element, refuse: Refuse): void {
  if ((element.action_id ?? "").length > MOST_ACTION_ID) refuse("action_id is too long");
  switch (element.type) {
    case "button":
      if (typeof element.text === "string" || element.text?.type !== "plain_text") refuse("a button's label is plain text");
      checkText(element.text, MOST_LABEL, refuse);
      if (element.value !== undefined && (element.value.length > MOST_VALUE || element.value === "")) refuse("value");
      if (element.style !== undefined && !["primary", "danger"].includes(element.style)) refuse("style");
      if (element["confirm"] !== undefined) checkQuestion(element["confirm"] as Record<string, TextObject>, refuse);
      return;
    case "plain_text_input": {
      const max = element["max_length"] as number | undefined;
      if (max !== undefined && (max < 1 || max > MOST_INPUT)) refuse("max_length");
      if (((element["initial_value"] as string | undefined) ?? "").length > (max ?? MOST_INPUT)) refuse("initial_value");
      const hint = element["placeholder"] as TextObject | undefined;
      if (hint !== undefined) checkText(hint, MOST_PLACEHOLDER, refuse);
      return;
    }
    case "static_select":
    case "multi_static_select":
    case "radio_buttons":
    case "checkboxes": {
      const options = element["options"] as { text: TextObject; value: string }[];
      const most = element.type.endsWith("select") ? MOST_OPTIONS : 10;
      if (options.length < 1 || options.length > most) refuse(`1 to ${most} options`);
      for (const { text, value } of options) {
        checkText(text, MOST_LABEL, refuse);
        if (value.length < 1 || value.length > 150) refuse("an option's value");
      }
      return;
    }
    case "datepicker":
    case "timepicker":
    case "users_select":
      return;
    default:
      refuse(`unsupported element: ${element.type}`);
  }
}
