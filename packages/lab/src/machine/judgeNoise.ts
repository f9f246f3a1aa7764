import type { Notice } from "../result/schema.js";
import type { MachineFacts } from "./facts.js";
import { type Needs, notice } from "./needs.js";

/** One run queue in two occupied over the last minute. Our own build is in it too: no more than a hint. */
const LOAD_PER_CORE = 0.5;
/** Share of foreign work that voids a run later on; here measured over 20 ticks a core, so one tick must not reach it. */
const BUSY = 0.1;
/** Two ticks of 40: a single one may be rounding. Runs are discarded at 1 %, measured over seconds. */
const STEAL = 0.05;
/** PSI of an idle machine is below 1 %; from 5 % on waiting for a CPU shows in a p95. */
const PRESSURE = 0.05;

/** Whether the machine is quiet and steady enough for its numbers to mean something. */
export function judgeNoise(facts: MachineFacts, needs: Needs): Notice[] {
  return [...judgeNeighbours(facts), ...judgeClock(facts), ...judgeCores(facts, needs)];
}

function judgeNeighbours({ load1, cores, busyShare, stealShare, pressure }: MachineFacts): Notice[] {
  const notices: Notice[] = [];
  const quiet = "stop other programs (top shows them), then run again";
  if (busyShare !== null && busyShare > BUSY) {
    const message = `other programs use ${percent(busyShare)} of the CPUs right now`;
    notices.push(notice("busy", "warning", message, quiet));
  }
  if (stealShare !== null && stealShare > STEAL) {
    const message = `the host gives ${percent(stealShare)} of our CPU time to other machines`;
    notices.push(notice("steal", "warning", message, "use a machine with dedicated CPUs, or a quieter hour"));
  }
  if (pressure !== null && pressure > PRESSURE) {
    const message = `programs waited for a CPU during ${percent(pressure)} of the last 10 seconds`;
    notices.push(notice("pressure", "warning", message, quiet));
  }
  if (load1 > cores * LOAD_PER_CORE) {
    const message = `load average is ${load1.toFixed(1)} on ${cores} cores; a build that has just ended counts too`;
    notices.push(notice("load", "info", message, quiet));
  }
  return notices;
}

function judgeClock({ governor, turbo }: MachineFacts): Notice[] {
  const notices: Notice[] = [];
  if (governor !== null && governor !== "performance") {
    // A clock that follows the load makes sparse requests slow and dense ones fast, whatever the model.
    const message = `the CPU clock follows the load (governor ${governor}): light loads look slower than they are`;
    notices.push(notice("governor", "warning", message, "cpupower frequency-set -g performance"));
  }
  if (turbo === true) {
    // The first seconds are faster than the following ones, and one busy core faster than all.
    const message = "the CPU clock is boosted while it is cool: speed-up over cores looks smaller than it is";
    notices.push(
      notice(
        "turbo",
        "info",
        message,
        "switch boost off while measuring (intel_pstate/no_turbo, cpufreq/boost)",
      ),
    );
  }
  return notices;
}

function judgeCores({ cores, quotaCores }: MachineFacts, needs: Needs): Notice[] {
  const notices: Notice[] = [];
  if (cores < 2) {
    const message = "there is one core: the load generator and the server take CPU time from each other";
    notices.push(notice("cores", "warning", message, "use a machine with two cores or more"));
  } else if (cores < needs.cores) {
    const message = `there are ${cores} cores, ${needs.cores} are asked for`;
    notices.push(notice("cores", "warning", message, `ask for ${cores} cores, or use a larger machine`));
  }
  if (quotaCores !== null && quotaCores < cores) {
    // The quota is per period of usually 100 ms: who has used it up stands still for the rest of it.
    const message = `the container may use ${quotaCores} cores' time of ${cores}: it is stopped for tens of ms when that is used up`;
    notices.push(
      notice(
        "cpu-quota",
        "warning",
        message,
        "run without a CPU quota (docker: --cpuset-cpus instead of --cpus)",
      ),
    );
  }
  return notices;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
