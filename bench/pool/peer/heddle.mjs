import { loadRuntime } from "../../shared/runtime.mjs";

export async function open() {
  const { pool } = await loadRuntime();
  const cpu = pool(new URL("../worker/heddle.mjs", import.meta.url), { threads: 2 });
  return {
    run: (name, argument) => cpu.run(name, [argument]),
    move: (bytes) => cpu.run("echoMoved", [bytes], { transfer: [bytes.buffer] }),
    close: () => cpu.close(),
  };
}
