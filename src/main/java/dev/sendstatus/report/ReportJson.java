package dev.sendstatus.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.state.StuckLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A report as a JSON document: the form in which it is kept, and from which every other can be made again. The names are those of
 * the records' parts. A name that is not known is passed over when it is read: a later version may have added it.
 */
final class ReportJson {
    private static final JsonSetter.Value NULLABLE = JsonSetter.Value.forValueNulls(Nulls.SET);

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL))
            .withConfigOverride(LocalDate.class, date -> date.setSetterInfo(NULLABLE))
            .withConfigOverride(Long.class, number -> number.setSetterInfo(NULLABLE))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(AccountName.class, AccountParts.class)
            .addMixIn(StuckLimits.class, LimitParts.class)
            .addModule(texts())
            .build();

    private ReportJson() {}

    static String write(StuckReport report) {
        try {
            return JSON.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report can always be written", e);
        }
    }

    static JsonNode tree(List<Group> groups) {
        return JSON.valueToTree(groups);
    }

    /** @throws UnreadableReport if it is not what {@link #write} makes */
    static StuckReport read(String document) throws UnreadableReport {
        JsonNode root;
        try {
            root = JSON.readTree(document);
        } catch (JsonProcessingException e) {
            // Without its cause: that may quote the document, which holds phone numbers.
            throw new UnreadableReport(
                    "the document is not JSON, at character " + e.getLocation().getCharOffset());
        }
        if (root instanceof ObjectNode report) {
            // Reports made before it was noted have no such list.
            report.withArray("silent");
            try {
                return JSON.treeToValue(report, StuckReport.class);
            } catch (JsonProcessingException e) {
                // Falls through, without its cause for the same reason.
            }
        }
        throw new UnreadableReport("the document lacks a part, or holds one that this version does not know");
    }

    /**
     * How an account and the limits, which know nothing of JSON, are spelled. A record that holds an account unwrapped calls it otherwise:
     * Jackson would take the inner {@code account} for it.
     */
    private record AccountParts(
            Provider provider, @JsonProperty("account") String name) {}

    private record LimitParts(
            Duration threshold,
            @JsonProperty("accounts") Map<AccountName, Duration> accountThresholds,
            Duration giveUp) {}

    private static SimpleModule texts() {
        SimpleModule texts = new SimpleModule();
        text(texts, Instant.class, Instant::parse);
        text(texts, Duration.class, Duration::parse);
        text(texts, LocalDate.class, LocalDate::parse);
        text(texts, ZoneId.class, ZoneId::of);
        text(texts, Provider.class, Provider::new);
        return texts.addKeyDeserializer(AccountName.class, new KeyDeserializer() {
            @Override
            public AccountName deserializeKey(String key, DeserializationContext context) {
                String[] parts = key.split("/", 2);
                return new AccountName(new Provider(parts[0]), parts[1]);
            }
        });
    }

    private static <T> void text(SimpleModule texts, Class<T> type, Function<String, T> parse) {
        texts.addSerializer(type, ToStringSerializer.instance);
        texts.addDeserializer(type, new FromStringDeserializer<T>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            protected T _deserialize(String text, DeserializationContext context) {
                return parse.apply(text);
            }
        });
    }
}
