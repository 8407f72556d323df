package dev.sendstatus.provider;

import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of a simulated callback: a resource beside the adapter's classes, in which {@code ${name}} stands for a value. The names
 * {@code id}, {@code from}, {@code to} and {@code text} are the message's own, as JSON; the caller gives the others. Immutable.
 */
public final class BodyTemplate {
    private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

    private final String text;

    public BodyTemplate(Class<?> adapter, String name) {
        this.text = resource(adapter, name).strip();
    }

    /** @param namesAndValues alternating; each value goes in as it is */
    public byte[] filled(SimulatedMessage message, String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        values.put("id", CallbackSimulator.json(message.id()));
        values.put("from", CallbackSimulator.json(message.from()));
        values.put("to", CallbackSimulator.json(message.to()));
        values.put("text", CallbackSimulator.json(message.text()));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A text file beside an adapter's class. */
    static String resource(Class<?> adapter, String name) {
        try (InputStream file = adapter.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
