import { defineClaim, NotTestable } from "@heddle/claims";
import { CONTROL, decide, QUOTE, type RustDocsQuote } from "./rule.js";

export const claim = defineClaim<RustDocsQuote>({
  id: "rust-docs-quote",
  topic: "words",
  claim: 'The Rust (tokio) documentation says: "Async tasks should be I/O-bound..."',
  source: "Your async code isn't concurrent",
  experiment:
    "Searches every source and text file of the tokio crates that cargo has unpacked on this machine, as prose without marks and line breaks, for the beginning of the sentence; and counts what they say of CPU-bound work instead. A heading that is known to be there must be found too.",
  rule: "Confirmed if the sentence stands anywhere in them, refuted if it does not. It speaks for the versions that were searched and for no other text on Rust.",
  practice:
    "Quote documentation with a link and a version. The advice behind it holds in another form: keep the time between two awaits short, and give what blocks or computes to spawn_blocking or a pool of threads.",
  programs: ["search.mjs"],
  seconds: { full: 0.3, quick: 0.3 },
  alone: false,
  async measure(bench) {
    const { result } = await bench.must("search.mjs", { quote: QUOTE, heading: CONTROL });
    const where = "cargo fetch --manifest-path models/rust-tokio/Cargo.toml, then ask again";
    if (result.number("crates") === 0) throw new NotTestable("cargo has no sources of tokio here", where);
    if (result.number("headings") === 0) {
      throw new NotTestable(`the sources of tokio lack the heading ${JSON.stringify(CONTROL)}`, where);
    }
    return {
      versions: result.text("versions"),
      files: result.number("files"),
      quoted: result.number("quoted"),
      cpuBound: result.number("cpuBound"),
      ioBound: result.number("ioBound"),
      spawnBlocking: result.number("spawnBlocking"),
      cpuBoundIn: result.text("cpuBoundIn"),
    };
  },
  decide,
});
