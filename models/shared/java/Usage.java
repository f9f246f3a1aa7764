import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What the process has consumed, with its ended threads. */
final class Usage {
    private static final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final NativeUsage exact;
    private final long cpuNanos;

    private Usage(NativeUsage exact, long cpuNanos) {
        this.exact = exact;
        this.cpuNanos = cpuNanos;
    }

    static Usage now() {
        NativeUsage exact = NativeUsage.now();
        return new Usage(exact, exact == null ? system.getProcessCpuTime() : 0);
    }

    /** As JSON. Where getrusage cannot be called, user and system time are one sum and switches are left out. */
    String untilNow() {
        Usage now = now();
        if (exact == null || now.exact == null) return "{\"userMs\":" + (now.cpuNanos - cpuNanos) / 1e6 + "}";
        return "{\"userMs\":" + (now.exact.userMs - exact.userMs)
                + ",\"systemMs\":" + (now.exact.systemMs - exact.systemMs)
                + ",\"voluntary\":" + (now.exact.voluntary - exact.voluntary)
                + ",\"involuntary\":" + (now.exact.involuntary - exact.involuntary) + "}";
    }
}
