import { describe } from "node:test";
import { loadModels } from "../../src/model/load.js";
import { availability } from "../../src/model/runtime.js";
import { conformance } from "./conformance.js";

const models = await loadModels();
const found = await Promise.all(models.map(async (model) => [model, await availability(model)] as const));

// Two at once halve the time: most of it is waiting, and no bound here is tight.
describe("every model keeps the contract of docs/models.md", { concurrency: 2 }, () => {
  for (const [model, state] of found) conformance(model, state);
});
