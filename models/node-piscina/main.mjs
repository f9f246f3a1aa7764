import { Piscina } from "piscina";
import { poolModel } from "../shared/node/pool.mjs";
import { program } from "../shared/node/program.mjs";

function open({ threads, bytes }) {
  const pool = new Piscina({
    filename: new URL("./task.mjs", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    workerData: { bytes },
  });
  return {
    compute: (rounds) => pool.run(rounds, { name: "compute" }),
    hash: () => pool.run(undefined, { name: "hash" }),
  };
}

await program(poolModel(open));
