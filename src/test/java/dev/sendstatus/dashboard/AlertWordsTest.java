package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.alert.RuleName;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.Severity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How pages say what is wrong. */
class AlertWordsTest {
    private static Alert alert(String rule, @Nullable Long messages) {
        return new Alert(
                1,
                rule,
                "bandwidth/bandwidth",
                Alert.State.FIRING,
                Severity.WARNING,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                messages,
                List.of(),
                "text",
                "advice",
                null,
                null,
                null,
                null);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", quoteCharacter = '|', textBlock = """
        none, none, –
        0.3, 1200, 30.0 %
        1, 50, 100.0 %
        0, 50, 0.0 %
        0.08, none, 8.0 %
        0, none, 0
        12345, none, |12,345|
        7.25, none, 7.2
        """)
    void aValueIsAShareWhereMessagesAreCountedAndElseANumber(
            @Nullable Double value, @Nullable Long messages, String shown) {
        assertThat(AlertWords.value(alert("any", messages), value)).isEqualTo(shown);
    }

    @Test
    void eachRuleOfMessagesAndAccountsLeadsToAPageThatIsThere(@TempDir Path folder) throws Exception {
        try (DashboardServer server = new DashboardServer(folder)) {
            PageForms somebody = PageForms.writer(server);
            for (RuleName rule : RuleName.values()) {
                Way more = AlertWords.more(alert(rule.word(), null));
                switch (rule) {
                    case APPLY_BEHIND, STORAGE -> assertThat(more).isNull();
                    default ->
                        assertThat(somebody.status(Objects.requireNonNull(more, rule.word())
                                        .href()))
                                .as(rule.word())
                                .isEqualTo(200);
                }
            }
        }
    }
}
