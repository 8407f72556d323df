package dev.sendstatus.provider;

import com.fasterxml.jackson.databind.node.TextNode;
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
import org.jspecify.annotations.Nullable;

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

    /** The body with the facts of that message, to be completed. */
    public Filling of(SimulatedMessage message) {
        return new Filling(text)
                .with("id", json(message.id()))
                .with("from", json(message.from()))
                .with("to", json(message.to()))
                .with("text", json(message.text()));
    }

    /** Collects the values of one body. One thread. */
    public static final class Filling {
        private final String text;
        private final Map<String, String> values = new HashMap<>();

        private Filling(String text) {
            this.text = text;
        }

        /** @param value goes in as it is */
        public Filling with(String name, String value) {
            values.put(name, value);
            return this;
        }

        public byte[] bytes() {
            return PLACE.matcher(text)
                    .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())))
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A text as JSON has it, in quotation marks; {@code null} for null. */
    public static String json(@Nullable String text) {
        return text == null ? "null" : TextNode.valueOf(text).toString();
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
