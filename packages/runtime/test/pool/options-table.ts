import * as heddle from "../../src/index.js";
import * as testing from "../../src/testing/index.js";

/** Every option there is: one that is added to the type, or leaves it, does not compile here before it is tried. */
type Complete<Options> = { readonly [Name in keyof Options]-?: Options[Name] };

/** One way to give options to the library. */
export interface Row {
  readonly title: string;
  readonly use: (options: object) => unknown;
  /** All options, with values that are fine. */
  readonly all: object;
  readonly wrong: string;
  readonly right: string;
}

function row<Options extends object>(
  title: string,
  use: (options: Options) => unknown,
  all: Complete<Options>,
  [wrong, right]: readonly [string, keyof Options & string],
): Row {
  return { title, use: use as Row["use"], all, wrong, right };
}

/** The options of an object among the options, as the message calls them. */
type Under<Path extends string, Options> = {
  readonly [Name in keyof Options & string as `${Path}.${Name}`]?: Options[Name];
};

function inside<Options extends object, Path extends string>(
  title: string,
  path: Path,
  use: (options: Options) => unknown,
  all: Complete<Under<Path, Options>>,
  names: readonly [string, `${Path}.${keyof Options & string}`],
): Row {
  const cut = (options: object) =>
    Object.fromEntries(Object.entries(options).map(([name, value]) => [name.slice(path.length + 1), value]));
  return { title, use: (options) => use(cut(options) as Options), all, wrong: names[0], right: names[1] };
}

type Last<Call> = Call extends (...args: infer Args) => unknown
  ? NonNullable<Args extends readonly [] ? never : Args extends [...infer _, (infer L)?] ? L : never>
  : never;

const { signal } = new AbortController();
const timeout = 60_000;
const deadline = Date.now() + timeout;
const wait = { signal, timeout, deadline };
const late: readonly [string, "timeout"] = ["timout", "timeout"];
const backoff = { initial: 1, factor: 2, max: 1, jitter: true };

const groups: readonly Row[] = [
  row<heddle.GroupOptions>(
    "group",
    (options) => heddle.group(() => 1, options),
    { ...wait, name: "g", limit: 1, onError: "collect", warnAfter: 1 },
    ["onerror", "onError"],
  ),
  row<heddle.GroupOptions>(
    "openGroup",
    (options) => heddle.openGroup(options)[Symbol.asyncDispose](),
    { ...wait, name: "g", limit: 1, onError: "collect", warnAfter: 1 },
    ["limits", "limit"],
  ),
  row<heddle.SpawnOptions>(
    "spawn",
    (options) => heddle.group((g) => g.spawn(() => 1, options)),
    { name: "t", restart: "on-failure", backoff, restarts: 1 },
    ["restrat", "restart"],
  ),
  row<Last<typeof heddle.shield>>("shield", (options) => heddle.shield(() => 1, options), { timeout }, late),
  row<heddle.MapOptions>(
    "map",
    (options) => heddle.map([1], (n) => n, options),
    { signal, timeout, name: "m", limit: 1 },
    ["limt", "limit"],
  ),
  row<heddle.RetryPolicy>(
    "retry",
    (policy) => heddle.retry(() => 1, policy),
    { attempts: 1, backoff, retryIf: () => true },
    ["attempt", "attempts"],
  ),
  inside<heddle.Backoff, "backoff">(
    "retry's backoff",
    "backoff",
    (inner) => heddle.retry(() => 1, { backoff: inner }),
    { "backoff.initial": 1, "backoff.factor": 2, "backoff.max": 1, "backoff.jitter": 0.5 },
    ["backoff.intial", "backoff.initial"],
  ),
  row<Last<typeof heddle.sleep>>("sleep", (options) => heddle.sleep(0, options), wait, ["singal", "signal"]),
  row<heddle.Configuration>("configure", heddle.configure, { reports: "on" }, ["report", "reports"]),
];

const one = <T>(item: T) => {
  const made = heddle.channel<T>(2);
  made.trySend(item);
  return made;
};
const change = (options: Last<heddle.Watch<number>["changed"]>) => {
  const made = heddle.watch(0);
  const changed = made.changed(options);
  if (!made.closed) made.set(1);
  return changed;
};

const channels: readonly Row[] = [
  row<heddle.ChannelOptions>("channel", (o) => heddle.channel(1, o), { name: "c" }, ["nmae", "name"]),
  row<heddle.ChannelOptions>("watch", (o) => heddle.watch(1, o), { name: "w" }, ["Name", "name"]),
  row<heddle.ChannelOptions>("broadcast", (o) => heddle.broadcast(o), { name: "b" }, ["nam", "name"]),
  row<heddle.ChannelOptions>("sharedChannel", (o) => heddle.sharedChannel(1, o), { name: "s" }, [
    "mame",
    "name",
  ]),
  row<heddle.SubscribeOptions>(
    "subscribe",
    (options) => heddle.broadcast().subscribe(options),
    { capacity: 1 },
    ["capcity", "capacity"],
  ),
  row<Last<heddle.Sender<number>["send"]>>("send", (options) => one(1).send(2, options), wait, late),
  row<Last<heddle.Receiver<number>["receive"]>>("receive", (options) => one(1).receive(options), wait, late),
  row<Last<heddle.Receiver<number>["receiveMany"]>>(
    "receiveMany",
    (options) => one(1).receiveMany(1, options),
    wait,
    ["dealine", "deadline"],
  ),
  row<Last<heddle.Watch<number>["changed"]>>("changed", change, wait, late),
  row<heddle.SelectOptions>(
    "select",
    (options) => heddle.select({ one: heddle.receive(one(1)) }, options),
    { ...wait, default: true },
    ["defualt", "default"],
  ),
  row<Last<heddle.Sender<number>["send"]>>(
    "send of a shared channel",
    (options) => heddle.sharedChannel(1).sender.send(1, options),
    wait,
    late,
  ),
];

const acquire = { ...wait, priority: 1 };
const high: readonly [string, "priority"] = ["prioity", "priority"];
const named: readonly [string, "name"] = ["naem", "name"];
const heavy: readonly [string, "weight"] = ["wieght", "weight"];

const locks: readonly Row[] = [
  row<heddle.LockOptions>("Mutex", (options) => new heddle.Mutex(options), { name: "m" }, named),
  row<heddle.LockOptions>("RwLock", (options) => new heddle.RwLock(options), { name: "r" }, named),
  row<heddle.LockOptions>("Semaphore", (options) => new heddle.Semaphore(1, options), { name: "s" }, named),
  row<heddle.LockOptions>("Mutex.shared", (options) => heddle.Mutex.shared(options), { name: "m" }, named),
  row<heddle.LockOptions>("RwLock.shared", (options) => heddle.RwLock.shared(options), { name: "r" }, named),
  row<heddle.LockOptions>("Semaphore.shared", (o) => heddle.Semaphore.shared(1, o), { name: "s" }, named),
  row<heddle.AcquireOptions>("acquire", (options) => new heddle.Mutex().acquire(options), acquire, high),
  row<heddle.AcquireOptions>("read", (options) => new heddle.RwLock().read(options), acquire, high),
  row<heddle.AcquireOptions>("write", (options) => new heddle.RwLock().write(options), acquire, late),
  row<heddle.PermitOptions>(
    "acquire of a semaphore",
    (options) => new heddle.Semaphore(2).acquire(options),
    { ...acquire, weight: 2 },
    heavy,
  ),
  row<Last<heddle.Semaphore["tryAcquire"]>>(
    "tryAcquire of a semaphore",
    (options) => new heddle.Semaphore(2).tryAcquire(options),
    { weight: 2 },
    heavy,
  ),
  row<Last<heddle.SharedMutex["acquire"]>>(
    "acquire of a shared mutex",
    (options) => heddle.Mutex.shared().acquire(options),
    wait,
    late,
  ),
  row<Last<heddle.SharedRwLock["read"]>>(
    "read of a shared lock",
    (o) => heddle.RwLock.shared().read(o),
    wait,
    late,
  ),
  row<Last<heddle.SharedRwLock["write"]>>(
    "write of a shared lock",
    (o) => heddle.RwLock.shared().write(o),
    wait,
    late,
  ),
  row<Last<heddle.SharedSemaphore["acquire"]>>(
    "acquire of a shared semaphore",
    (options) => heddle.Semaphore.shared(2).acquire(options),
    { ...wait, weight: 2 },
    heavy,
  ),
  row<Last<heddle.SharedSemaphore["tryAcquire"]>>(
    "tryAcquire of a shared semaphore",
    (options) => heddle.Semaphore.shared(2).tryAcquire(options),
    { weight: 2 },
    heavy,
  ),
];

const others: readonly Row[] = [
  row<heddle.MonitorOptions>(
    "monitor",
    (options) => heddle.monitor(options)[Symbol.dispose](),
    { resolution: 50, name: "loop" },
    ["resolutoin", "resolution"],
  ),
  row<heddle.HistogramOptions>("Histogram", (options) => new heddle.Histogram(options), { windowMs: 5 }, [
    "window",
    "windowMs",
  ]),
  row<testing.InterleaveOptions>(
    "interleave",
    (options) => testing.interleave(1, () => 1, options),
    { hangsAfter: 5_000 },
    ["hangAfter", "hangsAfter"],
  ),
  row<testing.ExploreOptions>(
    "explore",
    (options) => testing.explore(() => 1, options),
    { hangsAfter: 5_000, runs: 1, seed: 1 },
    ["run", "runs"],
  ),
  row<testing.VirtualClockOptions>(
    "virtualClock",
    (options) => testing.virtualClock(options)[Symbol.dispose](),
    { autojump: false, start: 5 },
    ["autoJmp", "autojump"],
  ),
];

export { inside, type Last, row };
export const rows: readonly Row[] = [...groups, ...channels, ...locks, ...others];
