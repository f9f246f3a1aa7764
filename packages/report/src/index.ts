export { renderClaims } from "./claims.js";
export { renderReport } from "./report.js";
