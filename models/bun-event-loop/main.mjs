import { eventLoop } from "../shared/node/event-loop.mjs";
import { program } from "../shared/node/program.mjs";

await program(eventLoop);
