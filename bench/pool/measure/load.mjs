/** Sources of tasks: which function, its next argument, and whether an answer is right. */
import { random } from "../../shared/random.mjs";
import { work } from "../task/tasks.mjs";

/** Every call gets another number, so an answer that went to the wrong caller is seen. */
export function tinyLoad() {
  let last = 0;
  return {
    task: "tiny",
    next: () => ++last,
    isRight: (argument, value) => value === argument + 1,
  };
}

/**
 * CPU work of the given sizes, `[[us, weight], ...]`, drawn from the seed. Three neighbouring lengths of each size have
 * three different answers, known beforehand so that checking costs the main thread nothing while it measures.
 */
export function workLoad(sizes, { roundsPerUs, seed }) {
  const chance = random(seed);
  let total = 0;
  const kinds = sizes.map(([us, weight]) => {
    total += weight;
    return { rounds: Math.round(us * roundsPerUs), upTo: total };
  });
  const answers = new Map();
  for (const { rounds } of kinds) {
    for (let more = 0; more < 3; more++) answers.set(rounds + more, work(rounds + more));
  }
  function next() {
    const at = chance() * total;
    const { rounds } = kinds.find(({ upTo }) => at < upTo);
    return rounds + Math.floor(chance() * 3);
  }

  return { task: "work", next, isRight: (rounds, value) => value === answers.get(rounds) };
}

export function insist(right, task, argument, value) {
  if (!right) throw new Error(`wrong answer: ${task}(${argument}) gave ${JSON.stringify(value)}`);
}
