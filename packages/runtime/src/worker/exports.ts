type Exports = Readonly<Record<string, unknown>>;

/**
 * All that a task module exports, by name. Of a CommonJS module, Node names only what its text tells without running it (of
 * `module.exports = { f: () => 1 }` nothing); the rest are properties of the default, which is what was exported.
 */
export function exportsOf(module: Exports): Exports {
  const exported = module["default"];
  if (typeof exported !== "object" || exported === null) return module;
  const whole = Object.fromEntries(
    Object.keys(exported).map((name) => [name, read(exported as Exports, name)]),
  );
  const isCommonJs = Object.keys(module).every(
    (name) => name === "default" || name === "module.exports" || module[name] === whole[name],
  );
  return isCommonJs ? { ...whole, ...module } : module;
}

/** A property that cannot be read is no task; the module may well be usable without it. */
function read(exported: Exports, name: string): unknown {
  try {
    return exported[name];
  } catch {
    return undefined;
  }
}
