#!/usr/bin/env node
// Written for any Node: an old one must reach the message below instead of failing on syntax.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `heddle needs Node 20.19 or newer\n  got:      Node ${process.versions.node}\n  try:      https://nodejs.org/`,
  );
  process.exit(2);
}
import("../dist/src/main.js").then(
  ({ main }) => main(process.argv.slice(2)),
  (error) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    console.error(`heddle is not built yet\n  got:      ${error.message}\n  try:      npm start`);
    process.exit(2);
  },
);
