import type { EventName } from "./events.js";

const NAMES: { readonly [Name in EventName]: true } = {
  "heddle:pool:task:queued": true,
  "heddle:pool:task:start": true,
  "heddle:pool:task:end": true,
  "heddle:pool:task:cancel": true,
  "heddle:pool:worker:start": true,
  "heddle:pool:worker:exit": true,
  "heddle:group:start": true,
  "heddle:group:cancel": true,
  "heddle:group:end": true,
  "heddle:group:task:start": true,
  "heddle:group:task:end": true,
  "heddle:channel:wait": true,
  "heddle:channel:close": true,
  "heddle:channel:missed": true,
  "heddle:lock:wait": true,
  "heddle:lock:acquire": true,
  "heddle:lock:release": true,
  "heddle:loop:blocked": true,
  "heddle:report": true,
};

/** The names of all channels, for whoever wants to subscribe to everything. */
export const eventNames: readonly EventName[] = /*#__PURE__*/ Object.freeze(
  /*#__PURE__*/ Object.keys(NAMES) as EventName[],
);
