import { pool } from "@heddle/runtime";
import { poolModel } from "../shared/node/pool.mjs";
import { program } from "../shared/node/program.mjs";

async function open({ threads, bytes }) {
  const cpu = pool(new URL("./tasks.mjs", import.meta.url), { threads });
  await cpu.ready();
  return { compute: (rounds) => cpu.run("compute", [rounds]), hash: () => cpu.run("hash", [bytes]) };
}

await program(poolModel(open));
