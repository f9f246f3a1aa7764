// Parks N platform threads with the JVM's default stack and waits for the end of stdin.
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public final class Park {
  public static void main(String[] args) throws Exception {
    Matcher match = Pattern.compile("\"threads\":(\\d+)").matcher(args[args.length - 1]);
    int wanted = match.find() ? Integer.parseInt(match.group(1)) : 0;
    CountDownLatch running = new CountDownLatch(wanted);
    for (int i = 0; i < wanted; i++) {
      Thread thread = new Thread(() -> {
        running.countDown();
        for (;;) LockSupport.park();
      });
      thread.setDaemon(true);
      thread.start();
    }
    running.await();
    System.out.println("{\"ready\":{}}");
    System.out.flush();
    while (System.in.read() >= 0) {
    }
    // exit() would wait for every thread to reach a safepoint
    Runtime.getRuntime().halt(0);
  }
}
