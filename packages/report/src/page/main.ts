import { mountCharts } from "./charts.js";
import { offerDownload } from "./download.js";
import { readResult } from "./result.js";
import { showRuns } from "./runs.js";
import { sortTables } from "./sort.js";
import { themeSwitch } from "./theme.js";

const result = readResult();
sortTables();
showRuns(result);
offerDownload(result);
const charts = mountCharts(result);
themeSwitch(() => charts.redraw());
