/** Waiting as Java code waits: the thread sleeps. */
final class Sleep {
    private Sleep() {}

    /** Before JDK 21 a fraction of a millisecond is rounded up to a whole one. */
    static void nanos(long nanos) {
        try {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // nobody interrupts
        }
    }
}
