package dev.sendstatus.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTest {

    static Stream<JsonNode> addresses() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(WrittenTest.class.getResourceAsStream("/written/addresses.jsonl"))) {
            List<String> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            ObjectMapper json = new ObjectMapper();
            Stream.Builder<JsonNode> cases = Stream.builder();
            for (String line : lines) {
                cases.add(json.readTree(line));
            }
            return cases.build();
        }
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void anAddressIsUnderstoodAsItIsMeantOrRefusedWithTheRemedy(JsonNode one) throws Written.Unusable {
        String written = one.path("written").textValue();
        if (one.has("problem")) {
            assertThatThrownBy(() -> Written.address(written))
                    .isInstanceOf(Written.Unusable.class)
                    .hasMessageContaining(one.path("problem").textValue());
        } else {
            String meant = one.path("meant").textValue();
            assertThat(Written.address(written)).isEqualTo(meant);
            assertThat(Written.address(meant)).isEqualTo(meant);
        }
    }

    /** Ids of the three providers, and shapes that look like something else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "007",
                "SM1e5f00000000000000000000000000000",
                "40316f6a-41b2-4c5c-9d5e-000000000001",
                "14762070468292kw2fuqty55yp2b2",
                "12345e678",
                "1.2",
                "a b",
                "id(1)"
            })
    void anIdIsKeptWhateverItsShape(String id) throws Written.Unusable {
        assertThat(Written.name("\u00a0" + id + " \t")).isEqualTo(id);
    }
}
