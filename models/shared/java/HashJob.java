import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The buffer to hash and the sum it must have. */
final class HashJob {
    private static final long WARM_UP_NANOS = 400_000_000;

    private final byte[] buffer;
    private final byte[] expected;

    HashJob(int bytes) {
        buffer = new byte[bytes];
        for (int i = 0; i < bytes; i++) buffer[i] = (byte) (i * 31 + 7);
        expected = sum();
    }

    /** One hash. The comparison also keeps the work from being optimised away. */
    void compute() {
        if (!Arrays.equals(sum(), expected)) Protocol.fail("two hashes of one buffer differ");
    }

    /**
     * The time of one hash. Warms up first, against the rule of the contract: the first hashes are interpreted and
     * many times slower, and a speed-up counted against them would be a fairy tale.
     */
    double medianOfFiveMs() {
        for (long start = System.nanoTime(); System.nanoTime() - start < WARM_UP_NANOS; ) compute();
        long[] tries = new long[5];
        for (int i = 0; i < tries.length; i++) {
            long start = System.nanoTime();
            compute();
            tries[i] = System.nanoTime() - start;
        }
        Arrays.sort(tries);
        return tries[2] / 1e6;
    }

    String digest() {
        StringBuilder hex = new StringBuilder();
        for (byte b : expected) hex.append(String.format("%02x", b));
        return hex.toString();
    }

    private byte[] sum() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(buffer);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK must have it
        }
    }
}
