import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { after, test } from "node:test";
import {
  configure,
  type GroupOptions,
  group,
  inlineExecutor,
  isHeddleError,
  layered,
  leaks,
  openGroup,
  type PoolMapOptions,
  type PoolOptions,
  pool,
  type RetryPolicy,
  type RunOptions,
  type SpawnOptions,
  threadExecutor,
  withRetry,
} from "../../src/index.js";
import { inside, type Row, row, rows } from "./options-table.js";

const tasks = new URL("../fixtures/tasks.js", import.meta.url);
const cpu = pool(tasks, { threads: 1 });
after(() => cpu.close());

const open = (options: PoolOptions) =>
  pool(tasks, isPlain(options) ? { threads: { min: 0, max: 1 }, ...options } : options).close();
const isPlain = (value: unknown) =>
  Object(value) === value && Object.getPrototypeOf(value) === Object.prototype;
const read = async (stream: AsyncIterable<unknown>) => {
  for await (const item of stream) void item;
};

const { signal } = new AbortController();
const timeout = 60_000;
const run = { signal, timeout, deadline: Date.now() + timeout, priority: 1 };
const call: Row["all"] = { ...run, transfer: [], onProgress: () => {} };

type Nested<Name extends "queue" | "recycle" | "resourceLimits"> = NonNullable<PoolOptions[Name]>;
type Bounds = Exclude<NonNullable<PoolOptions["threads"]>, number>;

const pools: readonly Row[] = [
  row<PoolOptions>(
    "pool",
    open,
    {
      threads: 1,
      queue: {},
      nice: 0,
      resourceLimits: {},
      idleTimeout: 1,
      recycle: {},
      grace: 1,
      name: "p",
      place: "auto",
      carry: { user: new AsyncLocalStorage() },
    },
    ["thread", "threads"],
  ),
  inside<Partial<Bounds>, "threads">(
    "pool's threads",
    "threads",
    (threads) => open({ threads: { min: 0, max: 1, ...threads } }),
    { "threads.min": 0, "threads.max": 2 },
    ["threads.mn", "threads.min"],
  ),
  inside<Nested<"queue">, "queue">(
    "pool's queue",
    "queue",
    (queue) => open({ queue }),
    { "queue.capacity": 5, "queue.onFull": "reject" },
    ["queue.capcity", "queue.capacity"],
  ),
  inside<Nested<"recycle">, "recycle">(
    "pool's recycle",
    "recycle",
    (recycle) => open({ recycle }),
    { "recycle.afterTasks": 5, "recycle.heapAbove": 2 ** 40 },
    ["recycle.afterTask", "recycle.afterTasks"],
  ),
  inside<Nested<"resourceLimits">, "resourceLimits">(
    "pool's resourceLimits",
    "resourceLimits",
    (resourceLimits) => open({ resourceLimits }),
    {
      "resourceLimits.maxYoungGenerationSizeMb": 64,
      "resourceLimits.maxOldGenerationSizeMb": 64,
      "resourceLimits.codeRangeSizeMb": 64,
      "resourceLimits.stackSizeMb": 4,
    },
    ["resourceLimits.maxOldGenerationSize", "resourceLimits.maxOldGenerationSizeMb"],
  ),
  row<RunOptions>(
    "run",
    (options) => cpu.run("add", [1, 2], options),
    { ...run, transfer: [], onProgress: () => {} },
    ["timout", "timeout"],
  ),
  row<RunOptions>(
    "stream",
    (options) => read(cpu.stream("count", [1], options)),
    { ...run, transfer: [], onProgress: () => {} },
    ["onprogress", "onProgress"],
  ),
  row<PoolMapOptions>(
    "map of a pool",
    (options) => read(cpu.map("echo", [1], options)),
    { ...run, chunk: 1, ordered: false },
    ["order", "ordered"],
  ),
];

/** What is thrown or rejected, or undefined. */
async function errorOf(use: () => unknown): Promise<unknown> {
  try {
    await use();
    return undefined;
  } catch (error) {
    return error;
  }
}

for (const { title, use, all, wrong, right } of [...rows, ...pools]) {
  test(`${title} refuses the option ${wrong}, and says which it knows and which is meant`, async () => {
    for (const got of [5, undefined]) {
      const error = await errorOf(() => use({ [wrong]: got }));
      assert.ok(isHeddleError(error, "BAD_OPTION"), String(error));
      const [, name, list, meant, shown] =
        /^(\S+) must be one of the options (.*) \(did you mean "(.*)"\?\), got (\S+) \(\w+\)$/.exec(
          error.message,
        ) ?? [];
      assert.deepEqual([name, meant, shown], [wrong, right, String(got)], error.message);
      assert.deepEqual(list?.split(", ").toSorted(), Object.keys(all).toSorted());
    }
  });

  test(`${title} takes every option it has, alone or all together, given or undefined`, async () => {
    for (const [name, value] of Object.entries(all)) {
      assert.equal(await errorOf(() => use({ [name]: value })), undefined, name);
      if (!name.startsWith("threads."))
        assert.equal(await errorOf(() => use({ [name]: undefined })), undefined, name);
    }
    assert.equal(await errorOf(() => use(all)), undefined);
  });
}

test("what holds the options must be an object, and not the signal itself", async () => {
  for (const { title, use } of [...rows, ...pools].filter(({ right }) => !right.includes("."))) {
    for (const options of [null, 5, "fast", () => 5, signal]) {
      const error = await errorOf(() => use(options as never));
      assert.ok(isHeddleError(error, "BAD_OPTION"), `${title}: ${String(error)}`);
      assert.match(error.message, /^the options must be an object \{ name: value \}, got /, title);
    }
  }
});

test("an unknown name far from all others gets the list alone", async () => {
  await assert.rejects(cpu.run("add", [1, 2], { concurrency: 5 } as RunOptions), {
    code: "BAD_OPTION",
    message:
      "concurrency must be one of the options signal, timeout, deadline, priority, transfer, onProgress, got 5 (number)",
  });
});

test("names that nobody wrote for us are none of our business: inherited ones and symbols", async () => {
  const options = Object.assign(Object.create({ colour: "red" }), { timeout, [Symbol("mine")]: 5 });
  assert.equal(await cpu.run("add", [1, 2], options), 3);
});

test("a name that every object inherits is unknown as an option", async () => {
  for (const name of ["constructor", "toString", "valueOf", "hasOwnProperty"]) {
    await assert.rejects(cpu.run("add", [1, 2], { [name]: 5 } as RunOptions), { code: "BAD_OPTION" });
  }
  await assert.rejects(cpu.run("add", [1, 2], JSON.parse('{"__proto__":5}')), { code: "BAD_OPTION" });
});

test("an executor hands on a call with all it holds, and refuses what no call has", async () => {
  await using executor = threadExecutor(pool(tasks, { threads: 1 }));
  assert.equal(await executor.execute({ ...call, name: "add", args: [1, 2] }), 3);
  const wrong = { name: "add", args: [1, 2], timout: 5 };
  await assert.rejects(executor.execute(wrong), { code: "BAD_OPTION", message: /did you mean "timeout"/ });
  await assert.rejects(cpu.run("add", [1, 2], { name: "sum" } as RunOptions), { code: "BAD_OPTION" });
});

test("a call of any executor, and the policy of a layer, are looked at as well", async () => {
  const sum = { add: (a: number, b: number) => a + b };
  const call = { name: "add", args: [1, 2] };
  for (const executor of [inlineExecutor(sum), layered(threadExecutor(cpu), withRetry({ attempts: 2 }))]) {
    assert.equal(await executor.execute({ ...call, timeout }), 3);
    const wrong = { ...call, timout: 5 };
    await assert.rejects(executor.execute(wrong), { code: "BAD_OPTION", message: /did you mean "timeout"/ });
  }
  const policy = { attemps: 2 } as RetryPolicy;
  assert.throws(() => withRetry(policy), { code: "BAD_OPTION", message: /did you mean "attempts"/ });
});

test("a refused option leaves nothing behind", async () => {
  const before = cpu.stats();
  await assert.rejects(cpu.run("add", [1, 2], { timout: 5 } as RunOptions), { code: "BAD_OPTION" });
  const { completed, failed, running } = cpu.stats();
  assert.deepEqual([completed, failed, running], [before.completed, before.failed, 0]);
});

test("a task or a group that was refused for an option is no leak", async () => {
  configure({ reports: "on" });
  const alive = () => leaks().filter(({ kind }) => kind === "task" || kind === "group");
  await group((g) => {
    const all = alive().length;
    assert.throws(() => g.spawn(() => 1, { restat: "never" } as SpawnOptions), { code: "BAD_OPTION" });
    assert.throws(() => openGroup({ limt: 1 } as GroupOptions), { code: "BAD_OPTION" });
    assert.equal(alive().length, all);
  });
});
