const WIDE = 100;

/**
 * JSON for people: indented, but a list of plain values and a small object take one line, so that what is stored about a person can be
 * looked over and a long list of ids does not fill the screen.
 */
export function readableJson(value: unknown): string {
  return lay(JSON.parse(JSON.stringify(value)), "");
}

function lay(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  const list = Array.isArray(value);
  const parts = list
    ? value.map((each) => lay(each, deeper))
    : Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${lay(each, deeper)}`);
  const [open, close] = list ? ["[", "]"] : ["{", "}"];
  const line = `${open}${parts.join(", ")}${close}`;
  const plain = Object.values(value).every((each) => typeof each !== "object" || each === null);
  if (parts.length === 0 || (plain && (list || line.length <= WIDE))) return line;
  return `${open}\n${deeper}${parts.join(`,\n${deeper}`)}\n${indent}${close}`;
}
