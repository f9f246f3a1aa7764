import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The HTTP/1 requests on one connection, one after another. */
final class Requests {
    private static final int LONGEST_HEAD = 16 * 1024;
    private static final int LONGEST_BODY = 64 * 1024;
    private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]+ \\S+ HTTP/1\\.[01]");

    private final InputStream in;
    private byte[] received = new byte[1024];
    private int length;
    private boolean keepAlive;
    private boolean bad;

    Requests(InputStream in) {
        this.in = in;
    }

    /** Waits for the next request; false when the client has closed or sends what this server does not speak. */
    boolean next() throws IOException {
        int from = 0;
        int end;
        while ((end = endOfHead(from)) < 0) {
            from = Math.max(0, length - 3);
            if (length >= LONGEST_HEAD) return refuse();
            if (!read()) return false;
        }
        String[] lines = new String(received, 0, end, StandardCharsets.ISO_8859_1).split("\r\n");
        if (!REQUEST_LINE.matcher(lines[0]).matches()) return refuse();
        keepAlive = lines[0].endsWith("1");
        int body = 0;
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 1) return refuse();
            String name = lines[i].substring(0, colon);
            String value = lines[i].substring(colon + 1).trim();
            if (name.equalsIgnoreCase("connection")) {
                if (value.equalsIgnoreCase("close")) keepAlive = false;
                if (value.equalsIgnoreCase("keep-alive")) keepAlive = true;
            } else if (name.equalsIgnoreCase("content-length")) {
                if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > LONGEST_BODY) return refuse();
                body = Integer.parseInt(value);
            } else if (name.equalsIgnoreCase("transfer-encoding")) {
                return refuse();
            }
        }
        while (length < end + body) {
            if (!read()) return false;
        }
        length -= end + body;
        System.arraycopy(received, end + body, received, 0, length);
        return true;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    boolean bad() {
        return bad;
    }

    private boolean refuse() {
        bad = true;
        return false;
    }

    private boolean read() throws IOException {
        if (length == received.length) received = Arrays.copyOf(received, 2 * length);
        int count = in.read(received, length, received.length - length);
        if (count > 0) length += count;
        return count > 0;
    }

    /** The index after the empty line, or -1. */
    private int endOfHead(int from) {
        for (int i = from; i + 3 < length; i++) {
            if (received[i] == '\r' && received[i + 1] == '\n' && received[i + 2] == '\r' && received[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }
}
