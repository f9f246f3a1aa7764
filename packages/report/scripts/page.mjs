// Bundles the browser side of both pages: page.js and page.css of a comparison, claims.js and claims.css, in dist/page.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

// The notices that ECharts and its parts ask for, without addresses: the report names none.
const notice = [
  "Contains Apache ECharts, Copyright 2017-2026 The Apache Software Foundation, Apache License 2.0;",
  "ZRender, Copyright (c) 2017 Baidu Inc., BSD 3-Clause; parts of d3, Copyright 2010-2018 Mike Bostock, BSD 3-Clause;",
  "tslib, Copyright (c) Microsoft Corporation, 0BSD.",
].join("\n   ");

await build({
  entryPoints: { page: here("src/page/main.ts"), claims: here("src/page/claims/main.ts") },
  outdir: here("dist/page"),
  bundle: true,
  format: "iife",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  banner: { js: `/* ${notice} */` },
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
await build({
  entryPoints: { page: here("src/style.css"), claims: here("src/claims.css") },
  outdir: here("dist/page"),
  bundle: true,
  minify: true,
  charset: "utf8",
  logLevel: "warning",
});
