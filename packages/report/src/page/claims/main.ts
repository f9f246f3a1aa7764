import type { ClaimsResult } from "@heddle/claims";
import { offerDownload } from "../download.js";
import { watchPlots } from "../plots.js";
import { readResult } from "../result.js";
import { themeSwitch } from "../theme.js";
import { filterClaims } from "./filter.js";
import { picturePlots } from "./pictures.js";

const result = readResult<ClaimsResult>();
offerDownload(result, "claims.json");
filterClaims();
const charts = watchPlots(picturePlots(result));
themeSwitch(() => charts.redraw());
