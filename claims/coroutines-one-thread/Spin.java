// Two virtual threads that only compute: one after the other, and at the same time. Which carriers they ran on.
// Virtual threads are asked for by name, so that this compiles with a JDK that has none; it has to run on 21 or newer.
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public final class Spin {
  private static final long PATIENCE_NS = 20_000_000;
  private static final Set<String> carriers = ConcurrentHashMap.newKeySet();
  private static volatile int sink;

  // A chain in which each step needs the one before: two of them do not share the units of one core.
  private static void spin(int rounds) {
    int x = (int) 2463534242L;
    for (int i = 0; i < rounds; i++) {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
    }
    sink = x;
  }

  private static Thread virtual(Runnable task) throws Exception {
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    return (Thread) start.invoke(null, task);
  }

  private static double inTurn(int rounds, int repeats) throws Exception {
    double[] least = {Double.POSITIVE_INFINITY};
    virtual(() -> {
      for (int repeat = 0; repeat < repeats; repeat++) {
        long start = System.nanoTime();
        spin(rounds);
        spin(rounds);
        least[0] = Math.min(least[0], (System.nanoTime() - start) / 1e6);
      }
    }).join();
    return least[0];
  }

  // Before each repeat the two wait for each other without sleeping, as long as patience lasts: how long a sleeping
  // thread takes to be given a core by the system is no business of the coroutines. The time is from the first start to
  // the last end.
  private static double atOnce(int rounds, int repeats) throws Exception {
    long[][] starts = new long[2][repeats];
    long[][] ends = new long[2][repeats];
    AtomicInteger arrived = new AtomicInteger();
    Thread[] both = new Thread[2];
    for (int i = 0; i < 2; i++) {
      long[] started = starts[i];
      long[] ended = ends[i];
      both[i] = virtual(() -> {
        for (int repeat = 0; repeat < repeats; repeat++) {
          String name = Thread.currentThread().toString(); // VirtualThread[#22]/runnable@ForkJoinPool-1-worker-1
          carriers.add(name.substring(name.lastIndexOf('@') + 1));
          arrived.incrementAndGet();
          long begin = System.nanoTime();
          while (arrived.get() < 2 * repeat + 2 && System.nanoTime() - begin < PATIENCE_NS) {
          }
          started[repeat] = System.nanoTime();
          spin(rounds);
          ended[repeat] = System.nanoTime();
        }
      });
    }
    for (Thread one : both) one.join();
    double least = Double.POSITIVE_INFINITY;
    for (int repeat = 0; repeat < repeats; repeat++) {
      long first = Math.min(starts[0][repeat], starts[1][repeat]);
      long last = Math.max(ends[0][repeat], ends[1][repeat]);
      least = Math.min(least, (last - first) / 1e6);
    }
    return least;
  }

  private static double asked(String json, String name) {
    Matcher match = Pattern.compile("\"" + name + "\":([\\d.]+)").matcher(json);
    if (!match.find()) throw new IllegalArgumentException("no " + name + " in " + json);
    return Double.parseDouble(match.group(1));
  }

  public static void main(String[] args) throws Exception {
    String json = args[args.length - 1];
    int rounds = (int) asked(json, "rounds");
    int repeats = (int) asked(json, "repeats");
    double tries = asked(json, "tries");
    double enough = asked(json, "enough");
    inTurn(rounds, repeats); // until it is compiled
    carriers.clear();
    double one = Double.POSITIVE_INFINITY;
    double many = Double.POSITIVE_INFINITY;
    for (int attempt = 0; attempt < tries && !(one / many >= enough); attempt++) {
      many = Math.min(many, atOnce(rounds, repeats));
      one = Math.min(one, inTurn(rounds, repeats));
    }
    System.out.println(
        "{\"result\":{\"oneMs\":" + one + ",\"manyMs\":" + many + ",\"carriers\":" + carriers.size() + "}}");
  }
}
