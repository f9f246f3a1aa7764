import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Calls the delay server. Idle sockets are a stack: the last used is the next, so few are warm and the rest idle. */
final class Downstream {
    private final String host;
    private final int port;
    private final byte[] request;
    /** Without a lock, on which a virtual thread of JDK 21 would hold on to its carrier. */
    private final ConcurrentLinkedDeque<Socket> idle = new ConcurrentLinkedDeque<>();

    Downstream(Workload target, double ms) {
        this.host = target.text("host");
        this.port = target.count("port");
        String number = ms == Math.rint(ms) ? Long.toString((long) ms) : Double.toString(ms);
        this.request = (number + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** One call at a time per socket; a socket that failed is closed. */
    void call() throws IOException {
        Socket socket = idle.pollFirst();
        if (socket == null) {
            socket = new Socket(host, port);
            socket.setTcpNoDelay(true);
        }
        try {
            socket.getOutputStream().write(request);
            if (socket.getInputStream().readNBytes(3).length < 3) throw new IOException("the delay server closed");
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        idle.addFirst(socket);
    }
}
