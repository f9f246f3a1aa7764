// npm start: install what is missing, build, measure everything once over. Further arguments go to `heddle compare`.
import { ensureBuilt, ensureDependencies, requireNode } from "./ensure.mjs";

requireNode();
await ensureDependencies();
await ensureBuilt();
// In this process, not in a child: signals and the exit code are then the program's own.
const { main } = await import("../packages/heddle/dist/src/main.js");
await main(["compare", "--quick", ...process.argv.slice(2)]);
