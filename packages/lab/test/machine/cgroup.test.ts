import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readCgroupLimits } from "../../src/machine/cgroup.js";

function files(entries: Record<string, string>): (path: string) => string | null {
  return (path) => entries[path] ?? null;
}

const v2Mount = "35 24 0:31 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";

test("the smallest limit of our group and its ancestors holds (v2)", () => {
  const read = files({
    "/proc/self/cgroup": "0::/user.slice/app\n",
    "/proc/self/mountinfo": v2Mount,
    "/sys/fs/cgroup/user.slice/app/memory.max": "max\n",
    "/sys/fs/cgroup/user.slice/memory.max": "1073741824\n",
    "/sys/fs/cgroup/user.slice/app/pids.max": "500\n",
    "/sys/fs/cgroup/user.slice/pids.max": "1000\n",
    "/sys/fs/cgroup/user.slice/app/cpu.max": "150000 100000\n",
    "/sys/fs/cgroup/user.slice/cpu.max": "max 100000\n",
  });
  assert.deepEqual(readCgroupLimits(read), { memoryMb: 1_024, processes: 500, cores: 1.5 });
});

test("in a container the mounted part of the hierarchy is ours (v1)", () => {
  const read = files({
    "/proc/self/cgroup": "5:pids:/docker/abc\n4:memory:/docker/abc\n3:cpu,cpuacct:/docker/abc\n",
    "/proc/self/mountinfo": [
      "40 30 0:35 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory",
      "41 30 0:36 /docker/abc /sys/fs/cgroup/pids ro - cgroup cgroup rw,pids",
      "42 30 0:37 /docker/abc /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu,cpuacct",
    ].join("\n"),
    "/sys/fs/cgroup/memory/memory.limit_in_bytes": "536870912\n",
    "/sys/fs/cgroup/pids/pids.max": "max\n",
    "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "200000\n",
    "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
  });
  assert.deepEqual(readCgroupLimits(read), { memoryMb: 512, processes: null, cores: 2 });
});

test("the huge number and the -1 of v1 are no limits", () => {
  const read = files({
    "/proc/self/cgroup": "4:memory:/\n3:cpu:/\n",
    "/proc/self/mountinfo":
      "40 30 0:35 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n42 30 0:37 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
    "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
  });
  assert.deepEqual(readCgroupLimits(read), { memoryMb: null, processes: null, cores: null });
});

test("a system without control groups has no limits", () => {
  assert.deepEqual(
    readCgroupLimits(() => null),
    { memoryMb: null, processes: null, cores: null },
  );
});

test("garbage in the files neither throws nor hangs", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (group, mount, value) => {
      readCgroupLimits((path) =>
        path === "/proc/self/cgroup"
          ? `0::${group}`
          : path === "/proc/self/mountinfo"
            ? v2Mount + mount
            : value,
      );
    }),
  );
});
