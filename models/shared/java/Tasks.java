import java.util.concurrent.ThreadFactory;

/** A burst: one thread per task, all started at once. */
final class Tasks {
    private final ThreadFactory threads;
    private final Runnable work;
    private final long[] began;
    private final long[] ended;

    Tasks(int count, ThreadFactory threads, Runnable work) {
        this.threads = threads;
        this.work = work;
        this.began = new long[count];
        this.ended = new long[count];
    }

    /** Runs them all; gives the fields of the result. */
    String run() throws InterruptedException {
        Thread[] started = new Thread[began.length];
        Usage before = Usage.now();
        long start = System.nanoTime();
        for (int i = 0; i < started.length; i++) {
            int task = i;
            started[i] = threads.newThread(() -> {
                began[task] = System.nanoTime();
                work.run();
                ended[task] = System.nanoTime();
            });
            try {
                started[i].start();
            } catch (OutOfMemoryError e) {
                Protocol.fail("cannot start thread " + i + ": " + e.getMessage());
            }
        }
        for (Thread thread : started) thread.join();
        String usage = before.untilNow();

        StringBuilder latency = new StringBuilder();
        StringBuilder inside = new StringBuilder();
        long last = start;
        for (int i = 0; i < began.length; i++) {
            String comma = i == 0 ? "" : ",";
            latency.append(comma).append((ended[i] - start) / 1e6);
            inside.append(comma).append((ended[i] - began[i]) / 1e6);
            last = Math.max(last, ended[i]);
        }
        return "\"latencyMs\":[" + latency + "],\"insideMs\":[" + inside + "],\"totalMs\":" + (last - start) / 1e6
                + ",\"usage\":" + usage;
    }
}
