import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the JSON objects of the contract: numbers, strings, literals and objects. The JDK has no reader of its own. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Map<String, Object> object(String text) {
        Json json = new Json(text);
        Object value = json.value(0);
        json.space();
        if (!(value instanceof Map) || json.at != text.length()) throw json.wrong();
        @SuppressWarnings("unchecked")
        Map<String, Object> fields = (Map<String, Object>) value;
        return fields;
    }

    private Object value(int depth) {
        space();
        char first = peek();
        if (first == '{' && depth < 8) return fields(depth);
        if (first == '"') return string();
        int start = at;
        while (at < text.length() && "+-.0123456789eEaflnrstu".indexOf(text.charAt(at)) >= 0) at++;
        String word = text.substring(start, at);
        switch (word) {
            case "null":
                return null;
            case "true":
                return Boolean.TRUE;
            case "false":
                return Boolean.FALSE;
            default:
                try {
                    return Double.valueOf(word);
                } catch (NumberFormatException e) {
                    throw wrong();
                }
        }
    }

    private Map<String, Object> fields(int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        at++;
        space();
        while (peek() != '}') {
            space();
            String name = string();
            space();
            expect(':');
            fields.put(name, value(depth + 1));
            space();
            if (peek() == '}') break;
            expect(',');
        }
        at++;
        return fields;
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        for (; peek() != '"'; at++) {
            if (peek() != '\\') {
                out.append(peek());
                continue;
            }
            at++;
            int escape = "\"\\/bfnrt".indexOf(peek());
            if (escape >= 0) {
                out.append("\"\\/\b\f\n\r\t".charAt(escape));
            } else if (peek() == 'u' && at + 4 < text.length()) {
                out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                at += 4;
            } else {
                throw wrong();
            }
        }
        at++;
        return out.toString();
    }

    private void space() {
        while (at < text.length() && text.charAt(at) <= ' ') at++;
    }

    private char peek() {
        if (at >= text.length()) throw wrong();
        return text.charAt(at);
    }

    private void expect(char wanted) {
        if (peek() != wanted) throw wrong();
        at++;
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("not the JSON that was expected, at character " + at);
    }
}
