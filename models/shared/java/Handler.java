import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/** One connection from its first request to its end. */
final class Handler {
    private final long ioNanos;
    private final int rounds;
    private final Downstream downstream;
    private final LongAdder requests;

    Handler(Workload workload, LongAdder requests) {
        Workload target = workload.inner("downstream");
        this.ioNanos = (long) (workload.number("ioMs") * 1e6);
        this.rounds = workload.count("cpuRounds");
        this.downstream = target == null ? null : new Downstream(target, workload.number("ioMs"));
        this.requests = requests;
    }

    void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            Requests incoming = new Requests(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (incoming.next()) {
                out.write(answer(incoming.keepAlive()));
                if (!incoming.keepAlive()) return;
            }
            if (incoming.bad()) out.write(response("400 Bad Request", "bad request\n", false));
        } catch (IOException e) {
            // the client is gone
        }
    }

    private byte[] answer(boolean keepAlive) {
        if (downstream != null) {
            try {
                downstream.call();
            } catch (IOException e) {
                return response("502 Bad Gateway", "downstream\n", keepAlive);
            }
        } else if (ioNanos > 0) {
            Sleep.nanos(ioNanos);
        }
        int sum = Kernel.run(rounds);
        requests.increment(); // before the answer: who has the answer must find it counted
        return response("200 OK", "sum=" + hex(sum) + "\n", keepAlive);
    }

    private static byte[] response(String status, String body, boolean keepAlive) {
        return ("HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n"
                        + (keepAlive ? "" : "Connection: close\r\n") + "\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String hex(int value) {
        String digits = Integer.toHexString(value);
        return "0".repeat(8 - digits.length()) + digits;
    }
}
