import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.SynchronousQueue;

/** The lines of docs/models.md. SIGTERM needs no code: the JVM ends on it with all its threads. */
final class Protocol {
    private static final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    private static final SynchronousQueue<String> lines = new SynchronousQueue<>();

    private Protocol() {}

    /** Begins to read stdin. Its end exits at once, whatever still runs. */
    static void open() {
        Thread reader = new Thread(Protocol::read, "stdin");
        reader.setDaemon(true);
        reader.start();
    }

    static String next() throws InterruptedException {
        return lines.take();
    }

    private static void read() {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) lines.put(line);
        } catch (IOException | InterruptedException e) {
            // the same as the end
        }
        Runtime.getRuntime().halt(0);
    }

    static void say(String key, String json) {
        out.print("{\"" + key + "\":" + json + "}\n");
        out.flush();
        if (out.checkError()) Runtime.getRuntime().halt(1); // nobody reads any more
    }

    static void fail(String message) {
        System.err.println(message);
        Runtime.getRuntime().halt(2);
    }
}
