import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { BadOptionError } from "../error/errors.js";

const EXPECTED = `an absolute path or a URL; for a file beside yours write new URL("./tasks.js", import.meta.url)`;

/**
 * The URL under which a worker imports the tasks. A relative text is refused: a library cannot know to which file it is
 * relative, and the working directory is the wrong answer as soon as a program is started from elsewhere.
 * @throws BadOptionError
 */
export function moduleUrl(module: URL | string): string {
  if (module instanceof URL) return module.href;
  if (typeof module !== "string") throw new BadOptionError("the task module", module, EXPECTED);
  if (isAbsolute(module)) return pathToFileURL(module).href;
  if (URL.canParse(module)) return module;
  throw new BadOptionError("the task module", module, EXPECTED);
}
