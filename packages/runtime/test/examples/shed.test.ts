import assert from "node:assert/strict";
import { test } from "node:test";
import { example, serve } from "./support.js";

const server = await serve(await example("shed", "server.mjs"), { ROWS: "40000" });

test("of a crowd it serves as many as it has room for, and refuses the others at once", async () => {
  let refused = 0;
  let refusedAtFirstAnswer = -1;
  const answers = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const response = await fetch(`${server.url}/report`);
      if (response.status === 503) refused++;
      else if (refusedAtFirstAnswer < 0) refusedAtFirstAnswer = refused;
      const { status, headers } = response;
      return { status, retryAfter: headers.get("retry-after"), body: await response.text() };
    }),
  );
  const served = answers.filter(({ status }) => status === 200);
  assert.equal(served.length + refused, 40);
  // Two run and four wait at any time; those who come when one has ended are served too.
  assert.ok(served.length >= 6, `${served.length} served`);
  assert.ok(refused >= 10, `${refused} refused`);
  assert.ok(refusedAtFirstAnswer > 0, "nobody was refused before the first report was made");
  assert.ok(answers.every(({ status, retryAfter }) => (status === 503) === (retryAfter === "1")));
  assert.ok(served.every(({ body }) => body.split("\n").length === 40_000));

  const stats = await (await fetch(`${server.url}/stats`)).json();
  assert.deepEqual(stats, { running: 0, queued: 0, completed: served.length, refused });
});

test("afterwards it serves as before, and ends when asked", async () => {
  const response = await fetch(`${server.url}/report`, { headers: { "accept-encoding": "gzip" } });
  assert.equal(response.status, 200);
  assert.match(await response.text(), /^0;0\.000000000;0\n/);
  assert.equal(await server.stop(), 0);
  assert.equal(server.stderr(), "");
});
