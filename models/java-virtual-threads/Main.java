/** One virtual thread per task or connection; the JVM runs them on one carrier thread per core. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Program.run(arguments, Thread.ofVirtual().factory());
    }
}
