import { connect } from "node:net";

/**
 * Calls over pooled sockets: one call at a time per socket, the socket used last is used first, so that few
 * stay warm. A socket that fails rejects its call and is forgotten.
 */
export function downstream({ host, port }) {
  const idle = [];
  return (ms) =>
    new Promise((resolve, reject) => {
      const link = idle.pop() ?? open(host, port);
      link.settle = (error) => {
        link.settle = undefined;
        if (error) return reject(error);
        idle.push(link);
        resolve();
      };
      link.socket.write(`${ms}\n`);
    });

  function open() {
    const link = { socket: connect({ host, port, noDelay: true }), settle: undefined };
    link.socket.on("data", (chunk) => {
      if (chunk.at(-1) === 10) link.settle?.();
    });
    link.socket.on("error", (error) => link.settle?.(error));
    link.socket.on("close", () => {
      const at = idle.indexOf(link);
      if (at >= 0) idle.splice(at, 1);
      link.settle?.(new Error("the downstream closed the connection"));
    });
    return link;
  }
}
