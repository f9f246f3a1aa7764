// Writes the published JSON Schemas from the schemas that the code checks with. A test asserts that they are up to date.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { publishedSchemas as ofClaims } from "../packages/claims/dist/src/result/published.js";
import { publishedSchemas as ofLab } from "../packages/lab/dist/src/workload/published.js";

for (const [name, schemas] of Object.entries({ claims: ofClaims(), lab: ofLab() })) {
  const folder = new URL(`../packages/${name}/schema/`, import.meta.url);
  await mkdir(folder, { recursive: true });
  for (const [file, schema] of Object.entries(schemas)) {
    await writeFile(new URL(file, folder), `${JSON.stringify(schema, null, 2)}\n`);
    console.log(fileURLToPath(new URL(file, folder)));
  }
}
