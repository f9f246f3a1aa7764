import type { Notice } from "../result/schema.js";
import type { MachineFacts } from "./facts.js";
import { type Needs, notice } from "./needs.js";

/**
 * Descriptors beyond one per connection: program files, pipes, timers, libuv's and the JVM's own. Below N + 256
 * connections are sure to fail; 2N + 512 also holds a server that opens a downstream socket for every connection.
 */
const SURE_FILES = 256;
const ROOMY_FILES = 512;
/** Of a client's port range; beyond it the kernel walks long over taken ports at every connect. */
const PORTS_USABLE = 0.9;
/** Listen backlog that the models ask for; the kernel silently cuts it to somaxconn. */
const BACKLOG = 4_096;
/**
 * Half-open connections at once. On loopback the handshake ends within microseconds and the generator paces its
 * connects, so that a thousand places are plenty for any number of connections.
 */
const HALF_OPEN = 1_024;

/** Whether so many connections can be opened: descriptors, ports, queues. */
export function judgeNetwork(facts: MachineFacts, { connections }: Needs): Notice[] {
  const notices: Notice[] = [];
  const { openFiles, ports, backlog, synBacklog, synCookies } = facts;
  const roomy = 2 * connections + ROOMY_FILES;
  if (openFiles !== null && openFiles < roomy) {
    const severity = openFiles < connections + SURE_FILES ? "blocker" : "warning";
    const message = `a process may open ${openFiles} files, ${connections} connections want ${roomy}`;
    notices.push(notice("open-files", severity, message, `ulimit -Hn ${roomy} (as root, in this shell)`));
  }
  if (ports !== null && connections > ports * PORTS_USABLE) {
    const severity = connections > ports ? "blocker" : "warning";
    const message = `a client has ${ports} ports towards one address, ${connections} connections want one each`;
    notices.push(notice("ports", severity, message, 'sysctl -w net.ipv4.ip_local_port_range="1024 65535"'));
  }
  const wanted = Math.min(connections, BACKLOG);
  if (backlog !== null && backlog < wanted) {
    // A full accept queue drops the handshake's last packet: the client is made to wait a second and more.
    const message = `the listen queue holds ${backlog} connections, a burst of ${wanted} would be delayed by seconds`;
    notices.push(notice("backlog", "warning", message, `sysctl -w net.core.somaxconn=${BACKLOG}`));
  }
  const halfOpen = Math.min(connections, HALF_OPEN);
  if (synBacklog !== null && synBacklog < halfOpen) {
    // With SYN cookies a full queue loses nothing but TCP options; without them it drops connections.
    const severity = synCookies === 0 ? "warning" : "info";
    const message = `the queue of half-open connections holds ${synBacklog}, fewer than ${halfOpen}`;
    notices.push(
      notice("syn-backlog", severity, message, `sysctl -w net.ipv4.tcp_max_syn_backlog=${BACKLOG}`),
    );
  }
  if (synCookies === 2 && connections > 0) {
    const message = "every connection is opened with a SYN cookie, which costs CPU and drops TCP options";
    notices.push(notice("syn-cookies", "info", message, "sysctl -w net.ipv4.tcp_syncookies=1"));
  }
  return notices;
}
