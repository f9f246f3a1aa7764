import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * getrusage(2), through java.lang.foreign: in the JDK since 22, and therefore used by reflection, so that these
 * sources compile with 17. The layout of struct rusage is that of 64-bit Linux; elsewhere there is none.
 */
final class NativeUsage {
    private static final int RUSAGE_SELF = 0;
    private static final int STRUCT_BYTES = 18 * 8;
    private static final int VOLUNTARY_AT = 16 * 8;

    private static final ByteBuffer struct =
            ByteBuffer.allocateDirect(STRUCT_BYTES).order(ByteOrder.nativeOrder());
    private static Object segment;
    private static final MethodHandle getrusage = find();

    final double userMs = timeMs(0);
    final double systemMs = timeMs(16);
    final long voluntary = struct.getLong(VOLUNTARY_AT);
    final long involuntary = struct.getLong(VOLUNTARY_AT + 8);

    private NativeUsage() {}

    /** Null where it cannot be called. */
    static synchronized NativeUsage now() {
        if (getrusage == null) return null;
        try {
            int failed = (int) getrusage.invokeWithArguments(RUSAGE_SELF, segment);
            return failed == 0 ? new NativeUsage() : null;
        } catch (Throwable e) {
            return null;
        }
    }

    private static double timeMs(int offset) {
        return struct.getLong(offset) * 1e3 + struct.getLong(offset + 8) / 1e3;
    }

    private static MethodHandle find() {
        String bits = System.getProperty("sun.arch.data.model", "");
        if (!System.getProperty("os.name").equals("Linux") || !bits.equals("64")) return null;
        try {
            Class<?> linkerType = foreign("Linker");
            Class<?> layoutType = foreign("MemoryLayout");
            Class<?> descriptorType = foreign("FunctionDescriptor");
            Class<?> optionType = foreign("Linker$Option");
            Object anInt = foreign("ValueLayout").getField("JAVA_INT").get(null);
            Object anAddress = foreign("ValueLayout").getField("ADDRESS").get(null);
            Object linker = linkerType.getMethod("nativeLinker").invoke(null);
            Object lookup = linkerType.getMethod("defaultLookup").invoke(linker);
            Optional<?> function =
                    (Optional<?>) foreign("SymbolLookup").getMethod("find", String.class).invoke(lookup, "getrusage");

            Object parameters = Array.newInstance(layoutType, 2);
            Array.set(parameters, 0, anInt);
            Array.set(parameters, 1, anAddress);
            Object descriptor =
                    descriptorType.getMethod("of", layoutType, parameters.getClass()).invoke(null, anInt, parameters);
            segment = foreign("MemorySegment").getMethod("ofBuffer", java.nio.Buffer.class).invoke(null, struct);
            Object noOptions = Array.newInstance(optionType, 0);
            Method downcall = linkerType.getMethod(
                    "downcallHandle", foreign("MemorySegment"), descriptorType, noOptions.getClass());
            return (MethodHandle) downcall.invoke(linker, function.orElseThrow(), descriptor, noOptions);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null; // an older JDK, or one that forbids it
        }
    }

    private static Class<?> foreign(String name) throws ClassNotFoundException {
        return Class.forName("java.lang.foreign." + name);
    }
}
