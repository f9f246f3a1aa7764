import { z } from "zod";
import { claimsResult } from "./schema.js";

/** The JSON Schemas in packages/claims/schema, by file name. */
export function publishedSchemas(): Readonly<Record<string, Record<string, unknown>>> {
  return {
    "claims.schema.json": {
      ...z.toJSONSchema(claimsResult, { io: "output" }),
      title: "heddle.claims/1",
      description: "What `heddle claims --json` prints. Fields may be added; none is renamed or removed.",
    },
  };
}
