import type { CompareResult } from "@heddle/lab";

/** The data embedded in this page. It was written by `renderReport` from a checked result. */
export function readResult(): CompareResult {
  const element = document.getElementById("data");
  if (element === null) throw new Error("this is a bug in Heddle: the report has no data");
  return JSON.parse(element.textContent ?? "") as CompareResult;
}
