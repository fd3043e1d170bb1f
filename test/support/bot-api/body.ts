import type { IncomingMessage } from "node:http";
import type { Payload } from "./methods.ts";

/** What a call carries: JSON, or a form with a file in it. */
export async function readBody(request: IncomingMessage): Promise<Payload> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (bytes.length === 0) return {};
  if (type.startsWith("application/json")) return JSON.parse(bytes.toString("utf8")) as Payload;
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const files: Record<string, unknown> = {};
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (typeof value === "string") fields[name] = plain(value);
    else files[name] = { name: value.name, type: value.type, content: await value.text() };
  }
  // The client names a file it sends along as "attach://<part>".
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "string" && value.startsWith("attach://")) fields[name] = files[value.slice("attach://".length)];
  }
  return fields;
}

function plain(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
