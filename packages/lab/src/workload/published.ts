import { z } from "zod";
import { auditTableSchema } from "../law/auditTable.js";
import { modelJsonSchema } from "../model/jsonSchema.js";
import { compareResult } from "../result/schema.js";
import { workloadFileSchema } from "./read.js";

/** The JSON Schemas in packages/lab/schema, by file name. Files are described as users write them, results as we do. */
export function publishedSchemas(): Readonly<Record<string, Record<string, unknown>>> {
  return {
    "workload.schema.json": {
      ...z.toJSONSchema(workloadFileSchema, { io: "input" }),
      title: "Workloads of Heddle",
      description: "What `heddle compare work.json` reads; docs/compare.md explains the fields.",
    },
    "model.schema.json": modelJsonSchema(),
    "audit.schema.json": {
      ...z.toJSONSchema(auditTableSchema, { io: "input" }),
      title: "A published table",
      description: "What `heddle audit table.json` reads; docs/audit.md explains the fields.",
    },
    "compare.schema.json": {
      ...z.toJSONSchema(compareResult, { io: "output" }),
      title: "heddle.compare/1",
      description: "What `heddle compare --json` prints. Fields may be added; none is renamed or removed.",
    },
  };
}
