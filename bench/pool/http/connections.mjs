import { connect } from "node:net";
import { performance } from "node:perf_hooks";

/** Keep-alive connections, one request on each at a time; a new one whenever none is free. */
export function connections(port) {
  const free = [];

  function open() {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    const connection = { socket, answered: null, refused: null, text: "" };
    socket.setEncoding("latin1");
    socket.on("data", (piece) => {
      connection.text += piece;
      const status = completeStatus(connection.text);
      if (status === null) return;
      connection.text = "";
      free.push(connection);
      connection.answered(status);
    });
    socket.on("error", (error) => connection.refused?.(error));
    socket.on("close", () => connection.refused?.(new Error("the server closed the connection")));
    return connection;
  }

  return async function ask(path) {
    const connection = free.pop() ?? open();
    const sent = performance.now();
    const status = await new Promise((answered, refused) => {
      Object.assign(connection, { answered, refused });
      connection.socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    });
    return { status, ms: performance.now() - sent };
  };
}

/** The status of an answer that is all there, otherwise null. Answers of our own server always give their length. */
function completeStatus(text) {
  const body = text.indexOf("\r\n\r\n") + 4;
  if (body < 4) return null;
  const length = Number(/^content-length: (\d+)\r$/im.exec(text.slice(0, body))?.[1] ?? 0);
  return text.length >= body + length ? Number(text.slice(9, 12)) : null;
}
