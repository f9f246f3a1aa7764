import { loadModels } from "../../src/model/load.js";
import { conformance } from "./conformance.js";

for (const model of await loadModels()) await conformance(model);
