package dev.sendstatus.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.sendstatus.store.SqlAnswer;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer as JSON: an array with an object a line. */
final class AnswerJson implements SqlAnswer {
    private static final ObjectWriter JSON =
            new ObjectMapper().writer().with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    private final Writer out;
    private List<String> names = List.of();
    private String before = "[\n";

    AnswerJson(Writer out) {
        this.out = out;
    }

    /** Columns of one name get numbers: an object has each key once. */
    @Override
    public void columns(List<String> columns) {
        Map<String, Integer> keys = new LinkedHashMap<>();
        for (String column : columns) {
            String key = column;
            for (int next = 2; keys.containsKey(key); next++) {
                key = column + "_" + next;
            }
            keys.put(key, keys.size());
        }
        names = List.copyOf(keys.keySet());
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            object.put(names.get(i), values.get(i));
        }
        out.write(before);
        out.write(JSON.writeValueAsString(object));
        before = ",\n";
    }

    @Override
    public void end() throws IOException {
        out.write(before.startsWith("[") ? "[]\n" : "\n]\n");
        out.flush();
    }
}
