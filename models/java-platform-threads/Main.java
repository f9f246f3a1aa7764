/** One platform thread, which is an operating system thread, per task or connection; the default stack size. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Program.run(arguments, Thread::new);
    }
}
