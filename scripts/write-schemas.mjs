// Writes the published JSON Schemas from the schemas that the code checks with. A test asserts that they are up to date.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { publishedSchemas } from "../packages/lab/dist/src/workload/published.js";

const folder = new URL("../packages/lab/schema/", import.meta.url);
await mkdir(folder, { recursive: true });
for (const [name, schema] of Object.entries(publishedSchemas())) {
  await writeFile(new URL(name, folder), `${JSON.stringify(schema, null, 2)}\n`);
  console.log(fileURLToPath(new URL(name, folder)));
}
