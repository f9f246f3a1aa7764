// Work in steps, cancelled early: a CompletableFuture, which interrupts nobody, and a Future of an executor, which does.
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Cancel {
  static int steps;
  static int stepMs;
  static int cancelAt;

  static int number(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":(\\d+)").matcher(json);
    if (!found.find()) throw new IllegalArgumentException(name);
    return Integer.parseInt(found.group(1));
  }

  static void work(AtomicInteger done) {
    try {
      for (int step = 0; step < steps; step++) {
        Thread.sleep(stepMs);
        done.incrementAndGet();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  static int cancelOnceBegun(Future<?> future, AtomicInteger done) throws InterruptedException {
    while (done.get() < cancelAt) Thread.sleep(1);
    int atCancel = done.get();
    future.cancel(true);
    return atCancel;
  }

  static double share(int atCancel, AtomicInteger done) {
    return (double) (done.get() - atCancel) / (steps - atCancel);
  }

  public static void main(String[] args) throws Exception {
    String json = args[args.length - 1];
    steps = number(json, "steps");
    stepMs = number(json, "stepMs");
    cancelAt = number(json, "cancelAt");
    ExecutorService executor = Executors.newFixedThreadPool(2);
    AtomicInteger completable = new AtomicInteger();
    AtomicInteger interrupted = new AtomicInteger();
    Future<?> one = CompletableFuture.runAsync(() -> work(completable), executor);
    Future<?> other = executor.submit(() -> work(interrupted));
    int oneAt = cancelOnceBegun(one, completable);
    int otherAt = cancelOnceBegun(other, interrupted);
    executor.shutdown();
    executor.awaitTermination(10, TimeUnit.SECONDS);
    System.out.println("{\"result\":{\"completable\":" + share(oneAt, completable)
        + ",\"interrupted\":" + share(otherAt, interrupted) + "}}");
  }
}
