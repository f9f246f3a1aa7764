import { number } from "../shared/number.mjs";
import { median } from "../shared/quantile.mjs";
import { ratioOf } from "../shared/ratio.mjs";

/** One line per thing that a row holds ours against; `than` names the other side, or nothing for an absolute target. */
export function judge(row, samples) {
  const broken = Object.entries(samples).find(([, values]) =>
    values.some((value) => typeof value !== "number"),
  );
  return row.targets.map((target) => {
    const base = { row: row.name, title: row.title, unit: row.unit, samples, target: target.words };
    const ours = samples[target.ours ?? "heddle"];
    const theirs = target.than === undefined ? undefined : samples[target.than];
    if (broken !== undefined && (broken[0].startsWith("heddle") || broken[0] === target.than)) {
      const why = broken[1].find((value) => typeof value !== "number").failed;
      return {
        ...base,
        failed: broken[0].startsWith("heddle"),
        text: `${row.name}: ${broken[0]} FAILED: ${why}`,
      };
    }
    if (target.than !== undefined && theirs === undefined) {
      return { ...base, failed: false, text: `${row.name}: ${target.than} is not installed` };
    }
    const value = median(ours);
    if (theirs === undefined) {
      const met = target.holds(value);
      return {
        ...base,
        value,
        met,
        failed: false,
        text: line(row, `${number(value)} ${row.unit}`, target, met),
      };
    }
    const { ratio, low, high } = ratioOf(ours, theirs);
    const met = target.holds(ratio);
    const sure = target.holds(low) === met && target.holds(high) === met;
    const figures = `${number(value)} ${row.unit}, ${target.than} ${number(median(theirs))}; ratio ${number(ratio)} [${number(low)}, ${number(high)}]`;
    return {
      ...base,
      value,
      ratio,
      low,
      high,
      met,
      sure,
      failed: false,
      text: line(row, figures, target, met, sure),
    };
  });
}

function line(row, figures, target, met, sure = true) {
  return `${row.name.padEnd(17)} ${row.title.padEnd(52)} ${figures.padEnd(64)} target ${target.words}: ${met ? "yes" : "NO"}${sure ? "" : " (not sure)"}`;
}
