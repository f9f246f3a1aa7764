import type { CompareResult } from "@heddle/lab";
import { mountCharts } from "./charts.js";
import { offerDownload } from "./download.js";
import { readResult } from "./result.js";
import { showRuns } from "./runs.js";
import { sortTables } from "./sort.js";
import { themeSwitch } from "./theme.js";

const result = readResult<CompareResult>();
sortTables();
showRuns(result);
offerDownload(result, "compare.json");
const charts = mountCharts(result);
themeSwitch(() => charts.redraw());
