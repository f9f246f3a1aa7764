export { type ExploreOptions, explore, InterleavingError } from "./explore.js";
export { type InterleaveOptions, interleave } from "./interleave.js";
export { type VirtualClock, type VirtualClockOptions, virtualClock } from "./virtual-clock.js";
