// A server as you might have it: a page that waits for a database and renders a little.
// Measure it:  heddle compare --server "node examples/shop/server.mjs" --url http://127.0.0.1:3000/
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

createServer(async (_request, response) => {
  await sleep(8); // the database
  const rows = Array.from({ length: 200 }, (_, i) => `<li>article ${i}</li>`);
  response.setHeader("content-type", "text/html").end(`<ul>${rows.join("")}</ul>`);
}).listen(Number(process.env.PORT ?? 3000), "127.0.0.1");
