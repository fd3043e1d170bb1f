import { z } from "zod";

/** Where a platform or a webhook is found. */
export const address = z.string().regex(/^https?:\/\/[^\s/]+/, { error: "must be an address such as https://example.org/path" });

/**
 * Where everybody finds this service, without a slash at its end. Encrypted, as what is given under it opens what it names; on this machine
 * alone it need not be.
 */
export const publicAddress = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const here = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url?.hostname ?? "");
  const safe = url?.protocol === "https:" || (here && url?.protocol === "http:");
  if (url === undefined || !safe || url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    context.addIssue({ code: "custom", message: "must look like https://imece.example.org (https, without ? and #)" });
    return z.NEVER;
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
});
