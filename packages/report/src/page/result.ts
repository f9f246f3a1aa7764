/** The data embedded in this page. Whoever rendered the page had it checked: it is a `Result`. */
export function readResult<Result>(): Result {
  const element = document.getElementById("data");
  if (element === null) throw new Error("this is a bug in Heddle: the report has no data");
  return JSON.parse(element.textContent ?? "") as Result;
}
