import { z } from "zod";
import { modelSchema } from "./schema.js";

/** The published JSON Schema of model.json, for editors. Written to packages/lab/schema/model.schema.json. */
export function modelJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(modelSchema, { io: "input" }),
    title: "model.json",
    description: "A concurrency model that Heddle can measure; docs/models.md explains the fields.",
  };
}
