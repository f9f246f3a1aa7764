import java.util.concurrent.ThreadFactory;

/** The whole program. Both Java models are this; what differs is the kind of thread that the factory makes. */
final class Program {
    private Program() {}

    static void run(String[] arguments, ThreadFactory threads) throws Exception {
        if (arguments.length != 1) Protocol.fail("expected the workload as the only argument");
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> Protocol.fail(thread + ": " + error));
        Workload workload = Workload.parse(arguments[0]);
        Protocol.open();
        Usage.now(); // finding getrusage takes tens of milliseconds the first time: not in a measured window
        switch (workload.text("kind")) {
            case "wait":
                Protocol.say("ready", "{}");
                while (true) {
                    Workload now = workload.with(Protocol.next());
                    long nanos = (long) (now.number("waitMs") * 1e6);
                    Tasks tasks = new Tasks(now.count("tasks"), threads, () -> Sleep.nanos(nanos));
                    Protocol.say("result", "{" + tasks.run() + "}");
                }
            case "hash":
                HashJob hash = new HashJob(workload.count("bytes"));
                double single = hash.medianOfFiveMs();
                Protocol.say("ready", "{}");
                while (true) {
                    Workload now = workload.with(Protocol.next());
                    String timings = new Tasks(now.count("tasks"), threads, hash::compute).run();
                    String sum = ",\"digest\":\"" + hash.digest() + "\",\"singleMs\":" + single;
                    Protocol.say("result", "{" + timings + sum + "}");
                }
            case "serve":
                new Server(workload, threads).run();
                return;
            case "calibrate":
                Protocol.say("ready", "{}");
                while (true) {
                    Protocol.next();
                    Protocol.say("result", "{\"roundsPerMs\":" + Kernel.roundsPerMs() + "}");
                }
            default:
                Protocol.fail("unknown workload kind \"" + workload.text("kind") + "\"");
        }
    }
}
