/** Values as bytes in shared memory, exactly as structuredClone would copy them, or not at all. */
export { decode, decodeList } from "./codec-decode.js";
export { encode, encodeList } from "./codec-encode.js";
export { type Area, area, NO_ROOM, UNFIT } from "./codec-format.js";
