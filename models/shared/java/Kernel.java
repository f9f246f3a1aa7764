/** The computing part of a request. */
final class Kernel {
    private static int keep;

    private Kernel() {}

    static int run(int rounds) {
        int x = (int) 2463534242L;
        for (int i = 0; i < rounds; i++) {
            x ^= x << 13;
            x ^= x >>> 17;
            x ^= x << 5;
        }
        return x;
    }

    /** After a second of warming up, so that the JIT compiler is done; the best of many short tries. */
    static double roundsPerMs() {
        int rounds = 500_000;
        double best = 0;
        long begin = System.nanoTime();
        for (long past = 0; past < 1_400_000_000L; past = System.nanoTime() - begin) {
            long start = System.nanoTime();
            keep += run(rounds);
            double rate = rounds / ((System.nanoTime() - start) / 1e6);
            if (past > 1_000_000_000L) best = Math.max(best, rate);
        }
        return best;
    }
}
