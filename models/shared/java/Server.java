import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;

/** Blocking sockets, one thread per connection. The JVM itself raises its limit of open files to the hard one. */
final class Server {
    private final Workload workload;
    private final ThreadFactory threads;
    private final LongAdder requests = new LongAdder();

    Server(Workload workload, ThreadFactory threads) {
        this.workload = workload;
        this.threads = threads;
    }

    void run() throws Exception {
        ServerSocket listening = new ServerSocket(
                workload.count("port"), workload.count("backlog"), InetAddress.getByName(workload.text("host")));
        Handler handler = new Handler(workload, requests);
        new Thread(() -> accept(listening, handler), "accept").start();
        Usage before = Usage.now();
        Protocol.say("ready", "{\"port\":" + listening.getLocalPort() + "}");

        while (true) {
            if (Protocol.next().equals("stop")) {
                String usage = before.untilNow();
                Protocol.say("result", "{\"requests\":" + requests.sum() + ",\"usage\":" + usage + "}");
            } else {
                requests.reset();
                before = Usage.now();
            }
        }
    }

    private void accept(ServerSocket listening, Handler handler) {
        while (true) {
            try {
                Socket socket = listening.accept();
                threads.newThread(() -> handler.serve(socket)).start();
            } catch (IOException e) {
                Sleep.nanos(10_000_000); // out of descriptors, most likely: others must end before there is one again
            } catch (OutOfMemoryError e) {
                Protocol.fail("cannot start a thread for a connection: " + e.getMessage());
            }
        }
    }
}
