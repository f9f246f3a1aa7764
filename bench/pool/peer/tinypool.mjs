import Tinypool from "tinypool";

const filename = new URL("../worker/tinypool.mjs", import.meta.url).href;

export function open(settings) {
  const pool = new Tinypool({ filename, minThreads: 2, maxThreads: 2, ...settings });
  return {
    run: (name, argument) => pool.run(argument, { name }),
    move: (bytes) => pool.run(bytes, { name: "echoMoved", transferList: [bytes.buffer] }),
    close: () => pool.destroy(),
  };
}
