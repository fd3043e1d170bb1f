import { z } from "zod";

/** Where a platform or a webhook is found. */
export const address = z.string().regex(/^https?:\/\/[^\s/]+/, { error: "must be an address such as https://example.org/path" });
