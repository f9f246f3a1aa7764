import java.util.HashMap;
import java.util.Map;

/** The program's argument. Numbers that a workload kind does not have are 0. */
final class Workload {
    private final Map<String, Object> fields;

    private Workload(Map<String, Object> fields) {
        this.fields = fields;
    }

    static Workload parse(String json) {
        return new Workload(Json.object(json));
    }

    /** The workload of one {@code go {...}} line. */
    Workload with(String line) {
        String changes = line.startsWith("go") ? line.substring(2).trim() : "";
        if (changes.isEmpty()) return this;
        Map<String, Object> changed = new HashMap<>(fields);
        changed.putAll(Json.object(changes));
        return new Workload(changed);
    }

    double number(String name) {
        return fields.get(name) instanceof Double ? (Double) fields.get(name) : 0;
    }

    int count(String name) {
        return (int) number(name);
    }

    String text(String name) {
        return fields.get(name) instanceof String ? (String) fields.get(name) : "";
    }

    /** The workload within this one, or null. */
    Workload inner(String name) {
        @SuppressWarnings("unchecked")
        Map<String, Object> inner = fields.get(name) instanceof Map ? (Map<String, Object>) fields.get(name) : null;
        return inner == null ? null : new Workload(inner);
    }
}
